/** What must not take longer than in proportion to its input. */
export interface Row {
	name: string;
	/** Makes an input of about n characters; the function does the work with it. */
	prepare(n: number): () => unknown;
}

export function row<Input>(
	name: string,
	make: (n: number) => Input,
	run: (input: Input) => unknown,
): Row {
	return {
		name,
		prepare(n) {
			const input = make(n);
			return () => run(input);
		},
	};
}

/** A list of what is made of 0, 1, 2 … */
export function list<Entry>(length: number, make: (index: number) => Entry): Entry[] {
	return Array.from({ length: Math.ceil(length) }, (_, index) => make(index));
}

/** A record of what is made of k0, k1, k2 … */
export function record<Entry>(length: number, make: (index: number) => Entry) {
	return Object.fromEntries(list(length, (index) => [`k${index}`, make(index)]));
}
