import { z } from 'zod/v4';

/** Reads n8n's stored execution data: a list of values that refer to each other by index, as text. */
export function unflatten(text: string): unknown {
	const values = z.array(z.unknown()).parse(JSON.parse(text));
	const known = new Map<number, unknown>();
	const revive = (value: unknown): unknown =>
		typeof value === 'string' ? at(Number(value)) : value;
	const at = (index: number): unknown => {
		if (known.has(index)) return known.get(index);
		const value = values[index];
		if (typeof value !== 'object' || value === null) return value;
		// Known before it is filled: values may refer to themselves.
		const target: unknown[] | Record<string, unknown> = Array.isArray(value) ? [] : {};
		known.set(index, target);
		for (const [key, entry] of Object.entries(value)) Reflect.set(target, key, revive(entry));
		return target;
	};
	return at(0);
}
