/**
 * What a node's parameters read of the item that they are evaluated for, judged by their text. When in
 * doubt, the answer is that the text reads the item: code counts like expressions, and so do unknown
 * words.
 */

/** The same for all items: arguments of the model, the run, the clock, the node's other parameters. */
const COMMON =
	/\$(?:fromA[iI]|fromai|now|today|vars|workflow|execution|executionId|env|secrets|mode|runIndex|prevNode|nodeVersion|nodeId|webhookId|resumeWebhookUrl|evaluation|if|ifEmpty|min|max|average|not|jmes[pP]ath|parameter|rawParameter|agentInfo|tool|self)\b/g;
/** Reads from all items of a node, such as `$input.first()` or `$('Users').all()`. */
const WHOLE =
	/\$(?:input|\(\s*(?:'[^'\\]*'|"[^"\\]*"|`[^`\\$]*`)\s*\))\s*\.\s*(?:first|last|all|params|isExecuted|context)\b/g;
/** Ways for an expression to avoid the words that begin with `$`. */
const ANY_WORD = /\$[A-Za-z_(]|\b(?:this|globalThis|eval|Function)\b/;
/** The words in a tool's code (in Python, they begin with `_`), and in texts of unknown kind. */
const CODE_WORD =
	/(?<!\w)[$_](?:json|data|binary|input|items?|itemIndex|position|thisItem|thisItemIndex|node|getPairedItem|evaluateExpression|getNodeParameter)\b|(?<!\w)[$_]\(/;

/** Whether a parameter, however deep, may have a different value for another item. */
export function readsItem(parameter: unknown): boolean {
	return textsOf(parameter).some(textReadsItem);
}

function textReadsItem(text: string): boolean {
	const rest = text.replaceAll(WHOLE, '').replaceAll(COMMON, '');
	return (text.startsWith('=') ? ANY_WORD : CODE_WORD).test(rest);
}

/** Every text in a parameter. */
export function textsOf(parameter: unknown): string[] {
	if (typeof parameter === 'string') return [parameter];
	if (typeof parameter !== 'object' || parameter === null) return [];
	return Object.values(parameter).flatMap(textsOf);
}

/** Whether a text reads the node's current item rather than a node before it. */
export function readsReturningItem(text: string): boolean {
	return /(?<![\w$.])[$_](?:json|data|binary|itemIndex|position|thisItem\w*)\b|(?<![\w$.])[$_]input\s*\.\s*item\b/.test(
		text,
	);
}

/** The index of the item in its run. */
const INDEX = /(?<![\w$.'"`])[$_](?:itemIndex|position|thisItemIndex)\b/g;

export const readsIndex = (text: string): boolean => text.search(INDEX) >= 0;

/** The same parameter with the item's index in place of the words for it. */
export function withIndex(parameter: unknown, itemIndex: number): unknown {
	if (typeof parameter === 'string') return parameter.replace(INDEX, `(${itemIndex})`);
	if (Array.isArray(parameter)) return parameter.map((entry) => withIndex(entry, itemIndex));
	if (typeof parameter !== 'object' || parameter === null) return parameter;
	return Object.fromEntries(
		Object.entries(parameter).map(([key, value]) => [key, withIndex(value, itemIndex)]),
	);
}

/** Words that would be wrong where a tool only sees its own item. */
const BEYOND_ITEM: ReadonlyArray<[word: string, pattern: RegExp]> = [
	['$node', /(?<![\w$])[$_]node\b/],
	['$item()', /(?<![\w$])[$_]item\b/],
	['$items()', /(?<![\w$])[$_]items\b/],
	['$getPairedItem()', /(?<![\w$])[$_]getPairedItem\b/],
	['$evaluateExpression()', /(?<![\w$])[$_]evaluateExpression\b/],
	['.itemMatching()', /\bitemMatching\b|\bpaired[I]tem\b/],
	['$input of all items', /(?<![\w$])[$_]input\b(?!\s*\.\s*(?:item|params|context)\b)/],
	['the quoted word "$itemIndex"', /['"`]\$(?:itemIndex|position|thisItemIndex)\b/],
];

/**
 * Words that are wrong where n8n's engine runs a tool: its item there has neither files nor an origin.
 */
const BEYOND_ENGINE: ReadonlyArray<[word: string, pattern: RegExp]> = [
	['.item', /\)\s*\??\.\s*(?:paired)?[iI]tem\b|\)\s*\[\s*['"`](?:paired)?[iI]tem\b/],
	['$itemIndex', /(?<![\w$])[$_](?:itemIndex|position|thisItemIndex)\b/],
	['$binary', /(?<![\w$])[$_]binary\b|\bitem\s*\.\s*binary\b/],
	...BEYOND_ITEM.slice(0, 6),
];

const firstOf = (words: typeof BEYOND_ITEM, text: string) =>
	words.find(([, pattern]) => pattern.test(text))?.[0];

export const beyondItem = (text: string): string | undefined => firstOf(BEYOND_ITEM, text);
export const beyondEngine = (text: string): string | undefined => firstOf(BEYOND_ENGINE, text);

/** The names of the arguments that a node gets from the model. */
export function argumentsIn(parameter: unknown): Set<string> {
	const calls = textsOf(parameter).flatMap((text) => [
		...text.matchAll(/\$from(?:A[iI]|ai)\(\s*['"`]([\w-]+)['"`]/g),
	]);
	return new Set(calls.map(([, name = '']) => name));
}

/** Whether a text reads this field of its item, as in `$json.name` or `$json["name"]`. */
export function readsField(text: string, field: string): boolean {
	const fields = [...text.matchAll(/\$(?:json|data)\s*\??\.?\s*(?:\[\s*['"`]([^'"`]+)|([\w$]+))/g)];
	const nested = [...text.matchAll(/\.\s*json\s*\??\.?\s*(?:\[\s*['"`]([^'"`]+)|([\w$]+))/g)];
	return [...fields, ...nested].some(([, quoted, plain]) => (quoted ?? plain) === field);
}
