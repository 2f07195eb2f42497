import { createHash } from 'node:crypto';

/** The same text for the same JSON, and in practice for no other. */
export function fingerprint(value: unknown): string {
	return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}
