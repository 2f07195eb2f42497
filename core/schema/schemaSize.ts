import { TokenHubError } from '../errors';
import { zodParts } from './zod/zodNode';

/** Half a million tokens, sent with each request: no model reads a longer schema. */
const MOST_CHARACTERS = 2_000_000;

/**
 * A few lines may expand to more than any memory holds: each of thirty levels may use the one before
 * twice.
 * @throws TokenHubError `badConfig`, before anything is made from the schema.
 */
export function assertSendable(schema: object, name: string): void {
	if (charactersOf(schema) <= MOST_CHARACTERS) return;
	if (!holdsItself(schema)) throw tooLarge(name);
	const reason = 'Converting circular structure to JSON';
	throw new TokenHubError('badConfig', `${name} has no JSON form: ${reason}`);
}

/** The same for a zod schema, written out as JSON Schema. */
export function assertZodSendable(schema: object, name: string): void {
	if (writtenOut(schema, new Map()) > MOST_CHARACTERS) throw tooLarge(name);
}

function tooLarge(name: string): TokenHubError {
	const most = MOST_CHARACTERS.toLocaleString('en');
	return new TokenHubError(
		'badConfig',
		`${name} has more than ${most} characters when written out in full.`,
		{
			hint: 'Shorten it. Parts that are reused at each level double its size: define them under $defs.',
		},
	);
}

/** The length of a value as JSON, approximately; a value in several places counts in each. */
function charactersOf(value: unknown): number {
	const left = [value];
	let count = 0;
	while (left.length > 0 && count <= MOST_CHARACTERS) {
		const node = left.pop();
		count += 1;
		if (typeof node === 'string') count += node.length;
		if (typeof node !== 'object' || node === null) continue;
		for (const [key, inner] of Object.entries(node)) {
			count += Array.isArray(node) ? 1 : key.length + 4;
			left.push(inner);
			if (count > MOST_CHARACTERS) break;
		}
	}
	return count;
}

/** Each part is visited once; one that contains itself becomes a reference. */
function writtenOut(node: unknown, known: Map<object, number>): number {
	if (typeof node === 'string') return node.length;
	if (typeof node !== 'object' || node === null) return 1;
	const before = known.get(node);
	if (before !== undefined) return before;
	known.set(node, 1);
	const size = zodParts(node).reduce<number>((sum, part) => sum + writtenOut(part, known), 1);
	known.set(node, size);
	return size;
}

/** Whether a value occurs inside itself. */
function holdsItself(root: object): boolean {
	const open = new Set<object>();
	const done = new Set<object>();
	const left: Array<{ node: object; isLeft?: true }> = [{ node: root }];
	for (let next = left.pop(); next; next = left.pop()) {
		const { node } = next;
		if (next.isLeft) {
			open.delete(node);
			done.add(node);
		} else if (!done.has(node)) {
			open.add(node);
			left.push({ node, isLeft: true });
			const parts: unknown[] = Object.values(node);
			for (const inner of parts) {
				if (typeof inner !== 'object' || inner === null) continue;
				if (open.has(inner)) return true;
				left.push({ node: inner });
			}
		}
	}
	return false;
}
