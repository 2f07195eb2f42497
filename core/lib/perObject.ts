/** Something for each object, which lives as long as that: made when it is first asked for. */
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

/** Remembers what was made of each key, for as long as the function itself is kept; of the first `most`. */
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
 * Remembers what was made for a key, such as a compiled schema for its text: a run of a thousand
 * items has few of them, unless `most` says otherwise. What throws is made again; the oldest are forgotten first.
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
