import { own } from '../../../core/lib/own';
import { perObject } from '../../../core/lib/perObject';
import { textsOf } from './itemExpressions';
import { type ItemContext, readParameter, termsOf } from './itemReader';
import { nodeOf } from './itemRun';

/** What n8n writes for an object within text. */
export const OBJECT = '[object Object]';
/** An expression that is the whole field; code that puts a text together has one of the last signs. */
const ALONE = /^=\s*\{\{[^{}+`]*\}\}\s*$/;
const isMixed = (raw: string) => raw.startsWith('=') && !ALONE.test(raw);

/** Names of the parameters that are composed of text and expressions. */
const mixedNames = perObject((parameters: object) =>
	Object.entries(parameters).flatMap(([name, raw]) => (textsOf(raw).some(isMixed) ? name : [])),
);

interface InText {
	path: string[];
	/** The expression of the object, if it is known. */
	words?: string;
}

/** Where n8n has written an object within the text of a parameter. */
export function objectInText(context: ItemContext, itemIndex: number): InText | undefined {
	const { parameters } = nodeOf(context);
	const { json } = context.getInputData()[itemIndex] ?? {};
	for (const name of mixedNames(parameters)) {
		const value = readParameter(context, name, itemIndex);
		const found = findIn([own(parameters, name), value], json, [name]);
		if (found) return found;
	}
	return undefined;
}

type Pair = [raw: unknown, value: unknown];

function findIn([raw, value]: Pair, json: unknown, path: string[]): InText | undefined {
	if (typeof raw === 'string') {
		const judged = judge(raw, value, json);
		return judged && { path, ...judged };
	}
	if (typeof raw !== 'object' || raw === null) return undefined;
	const values: object = typeof value === 'object' && value !== null ? value : {};
	for (const [key, inner] of Object.entries(raw)) {
		const found = findIn([inner, Reflect.get(values, key)], json, [...path, key]);
		if (found) return found;
	}
	return undefined;
}

function judge(raw: string, value: unknown, json: unknown): Pick<InText, 'words'> | undefined {
	const isFound = typeof value === 'string' && value.includes(OBJECT) && isMixed(raw);
	if (!isFound || raw.includes(OBJECT)) return undefined;
	const terms = termsOf(raw).map(({ words, valueIn }) => ({ words, is: valueIn(json) }));
	// The item's own text may be about it.
	if (terms.some(({ is }) => typeof is === 'string' && is.includes(OBJECT))) return undefined;
	return { words: terms.find(({ is }) => typeof is === 'object' && is !== null)?.words };
}
