/**
 * What a table or a record holds under a name that comes from outside: every object answers to
 * `toString`, `constructor` or `__proto__`, without holding them.
 */
export function own<Value>(
	record: Readonly<Partial<Record<string, Value>>>,
	name: string,
): Value | undefined {
	return Object.hasOwn(record, name) ? record[name] : undefined;
}
