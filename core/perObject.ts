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
