import { TOO_DEEP } from './nesting';

const LONGEST = 1_000;
const MOST_CAUSES = 20;
const UNKNOWN = 'an error without a message';

/** The message of whatever was thrown: it may not be an error, or its own message may throw. */
export function messageOf(thrown: unknown): string {
	try {
		return wordsOf(thrown).slice(0, LONGEST) || UNKNOWN;
	} catch {
		return UNKNOWN;
	}
}

function wordsOf(thrown: unknown): string {
	if (typeof thrown === 'string') return thrown;
	if (thrown === undefined || thrown === null) return UNKNOWN;
	if (typeof thrown === 'symbol') return thrown.toString();
	if (typeof thrown === 'bigint') return `${thrown}n`;
	if (typeof thrown === 'number' || typeof thrown === 'boolean') return String(thrown);
	if (typeof thrown !== 'object') return UNKNOWN;
	const message: unknown = Reflect.get(thrown, 'message');
	if (typeof message === 'string' && message !== '') return message;
	// Node's own: a host that was tried at each of its addresses.
	const errors: unknown = Reflect.get(thrown, 'errors');
	if (Array.isArray(errors) && errors.length > 0)
		return errors.slice(0, 5).map(messageOf).join('; ');
	if (thrown instanceof Error) return thrown.name;
	return wordOf(thrown);
}

/** An error and its causes, the outermost first; a chain of causes may lead back to itself. */
export function causesOf(thrown: unknown): Error[] {
	const causes: Error[] = [];
	try {
		for (let error = thrown; error instanceof Error; error = error.cause) {
			if (causes.length >= MOST_CAUSES || causes.includes(error)) break;
			causes.push(error);
		}
	} catch {
		// A foreign getter threw: what is known so far is enough.
	}
	return causes;
}

/** Any value as a word, where a text is expected but anything may come: JSON, or nothing. */
export function wordOf(value: unknown): string {
	if (typeof value === 'string') return value;
	try {
		return JSON.stringify(value) ?? '';
	} catch {
		return `(a value that is ${TOO_DEEP})`;
	}
}

export type ValueOrReason<Value> = { ok: true; value: Value } | { ok: false; reason: string };

/** The same for a synchronous function. */
export function resultOrReason<Value>(run: () => Value): ValueOrReason<Value> {
	try {
		return { ok: true, value: run() };
	} catch (error) {
		return { ok: false, reason: messageOf(error) };
	}
}

/** The result of a foreign function, or the message of what it threw. */
export async function valueOrReason<Value>(
	run: () => Value | Promise<Value>,
): Promise<ValueOrReason<Value>> {
	try {
		return { ok: true, value: await run() };
	} catch (error) {
		return { ok: false, reason: messageOf(error) };
	}
}
