/**
 * Reads n8n's stored run data: JSON in the format of the npm package `flatted`, a list in which
 * every text inside an object or list is the index of the value that it stands for.
 */
export function unflatten(text: string): unknown {
	const list: unknown = JSON.parse(text);
	if (!Array.isArray(list)) throw new Error('this is no flatted JSON');
	const entries: unknown[] = list;
	const built = new Map<number, unknown>();
	const entry = (index: number): unknown => {
		if (built.has(index)) return built.get(index);
		const value = entries[index];
		if (typeof value !== 'object' || value === null) return value;
		const target = Array.isArray(value) ? [] : {};
		// Known before it is filled: the format may hold circles.
		built.set(index, target);
		for (const [key, member] of Object.entries(value)) {
			Reflect.set(target, key, typeof member === 'string' ? entry(Number(member)) : member);
		}
		return target;
	};
	return entry(0);
}
