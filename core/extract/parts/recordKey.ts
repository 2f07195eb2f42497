import { isRecord } from '../../isRecord';
import { perObject } from '../../perObject';

/** The same for equal values, whatever the order of their keys. */
export function recordKey(value: unknown): string {
	return typeof value === 'object' && value !== null ? keyOfObject(value) : keyText(value);
}

/** Records are compared with many others. */
const keyOfObject = perObject(keyText);

function keyText(value: unknown): string {
	return JSON.stringify(value, (_key, inner: unknown) =>
		isRecord(inner) ? Object.fromEntries(Object.entries(inner).sort()) : inner,
	);
}
