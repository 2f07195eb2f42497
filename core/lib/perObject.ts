/** One value for each object, created when it is first asked for, which lives as long as the object. */
export function perObject<Key extends object, Value>(
	make: (key: Key) => Value,
): (key: Key) => Value {
	const values = new WeakMap<Key, Value>();
	return (key) => {
		const value = values.get(key) ?? make(key);
		values.set(key, value);
		return value;
	};
}

/**
 * Remembers the result for each of the first `most` keys, for as long as the function itself is kept.
 */
export function remembering<Key, Value>(
	make: (key: Key) => Value,
	most = Infinity,
): (key: Key) => Value {
	const known = new Map<Key, { value: Value }>();
	return (key) => {
		const found = known.get(key);
		if (found) return found.value;
		const value = make(key);
		if (known.size < most) known.set(key, { value });
		return value;
	};
}

const MOST = 100;

/**
 * Remembers the result for a key, such as a compiled schema for its text: a run of a thousand items has
 * few of them, unless `most` says otherwise. What throws is not remembered; the oldest results are
 * forgotten first.
 */
export function remembered<Value>(most = MOST): (key: string, make: () => Value) => Value {
	const known = new Map<string, { value: Value }>();
	return (key, make) => {
		const found = known.get(key);
		if (found) return found.value;
		const value = make();
		known.set(key, { value });
		const [oldest] = known.keys();
		if (known.size > most && oldest !== undefined) known.delete(oldest);
		return value;
	};
}
