/** What an answer says, against which schema, and what is to become of it. */
export interface Row {
	text: string;
	schema: object;
	/** What the answer is about, where it is known. */
	document?: string;
	/** The value, with the warnings that name how it was read, where they matter … */
	value?: unknown;
	warnings?: string[];
	/** … or with these names, and what was coerced behind them … */
	forms?: string[];
	/** … or why it is refused: code and words. */
	refusal?: RegExp;
}

export const string = { type: 'string' };
export const number = { type: 'number' };
export const list = (items: object) => ({ type: 'array', items });
/** An object with these properties, all of them required unless told otherwise. */
export const of = (properties: object, required = Object.keys(properties)) => ({
	...{ type: 'object', properties, required },
});

export const reads = (
	given: string,
	schema: object,
	value: unknown,
	...warnings: string[]
): Row => ({
	...{ text: given, schema, value, warnings },
});
export const refuses = (given: string, schema: object, refusal = /./): Row => ({
	...{ text: given, schema, refusal },
});
export const about = (document: string, given: readonly Row[]): Row[] =>
	given.map((row) => ({ ...row, document }));
