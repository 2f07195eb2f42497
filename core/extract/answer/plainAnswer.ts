import { riskyNotes } from '../../json/cursor';
import { readWholeJson, type ReadJson } from '../../json/readJson';

interface BareJson {
	read: ReadJson;
	/** The leniencies that were used. */
	warnings: string[];
}

const FENCED = /^```\w{0,20}\r?\n([^]*?)\r?\n```$/;
/** Code that does nothing but parse JSON from a text. */
const PARSED =
	/^(?:(?:const|let|var|return)\s{1,9})?(?:[\w.]{1,40}\s{0,9}=\s{0,9})?((?:u|or|simple)?json5?\.(?:loads|parse)|JSON\.parse|ast\.literal_eval)\(\s{0,99}r?("""|'''|["'`])([^]*)\2\s{0,99}\)\s{0,9};?$/;
const FIRST_KEY = /^(["'])[^"'\\\n{}[\]]{1,80}\1\s{0,9}:/;

/** The JSON in the text that such code parses, or the fields of an object without its braces. */
export function bareJson(text: string): BareJson | undefined {
	const answer = FENCED.exec(text)?.[1]?.trim() ?? text;
	const [, call, quote = '', written = ''] = PARSED.exec(answer) ?? [];
	if (call !== undefined) {
		const read = literalJson(written, quote);
		return read && { read, warnings: [`unwrapped (top level): ${call}`] };
	}
	if (!FIRST_KEY.test(answer)) return undefined;
	// With its closing brace, if the model was given the opening one as the beginning of its answer.
	const [read] = [`{${answer}`, `{${answer}}`]
		.map(readWholeJson)
		.filter((one) => one.ok && riskyNotes(new Set(one.notes)).length === 0);
	return read?.ok ? { read, warnings: ['repaired', 'missingBraces'] } : undefined;
}

/** Undefined if it is unclear which backslashes belong to the code. */
function literalJson(written: string, quote: string): ReadJson | undefined {
	const isPlain = !written.includes('\\');
	const text = isPlain ? undefined : quote === '"' ? readWholeJson(`"${written}"`) : undefined;
	const json = isPlain ? written : text?.ok ? text.value : undefined;
	const read = typeof json === 'string' ? readWholeJson(json) : undefined;
	return read?.ok && riskyNotes(new Set(read.notes)).length === 0 ? read : undefined;
}

const OPENER = /<((?:\w{1,20}:)?(?:think|thinking|scratchpad|reasoning))>/i;
/** Some models do not mark the beginning of their thoughts. */
const CLOSER = /^\s*<\/((?:\w{1,20}:)?(?:think|thinking))>/im;
/** The marks of individual models. */
const PAIRS = [
	['[THINK]', '[/THINK]'],
	['◁think▷', '◁/think▷'],
	['<|START_THINKING|>', '<|END_THINKING|>'],
	['<|begin_of_thought|>', '<|end_of_thought|>'],
] as const;
const MOST_BEFORE = 200;

/** What follows a model's thoughts, if they are marked; undefined if nothing does. */
export function withoutThoughts(text: string): string | undefined {
	const said = withoutAnalysis(text);
	const closing = said === undefined ? undefined : closingIn(said);
	if (said === undefined || closing === undefined) return said;
	const end = said.lastIndexOf(closing);
	const rest = end === -1 ? '' : said.slice(end + closing.length).trim();
	return rest === '' ? undefined : rest;
}

function closingIn(text: string): string | undefined {
	const head = text.slice(0, MOST_BEFORE);
	const [, tag] = OPENER.exec(head) ?? CLOSER.exec(text) ?? [];
	return tag === undefined ? PAIRS.find(([opener]) => head.includes(opener))?.[1] : `</${tag}>`;
}

const CHANNEL = '<|channel|>';
/** The same if a server has removed the marks. */
const BARE_ANALYSIS = /^analysis(?=\p{L})/u;
const BARE_ANSWER = /assistant(?=final|commentary)/g;

/**
 * The messages of gpt-oss except those of its channel for thoughts; undefined if there are no others.
 */
function withoutAnalysis(text: string): string | undefined {
	const [before = '', ...messages] = text.split(CHANNEL);
	const others = messages.filter((message) => !message.startsWith('analysis'));
	if (others.length < messages.length) {
		return others.length === 0 ? undefined : [before, ...others].join(CHANNEL);
	}
	const last = BARE_ANALYSIS.test(text) ? [...text.matchAll(BARE_ANSWER)].at(-1) : undefined;
	return last ? text.slice(last.index + last[0].length) : text;
}

const BARS = '[|｜‖]{1,2}';

/** How a model writes a tool call with its own tags, whose texts are not escaped. */
interface Dialect {
	opener: RegExp;
	closer: RegExp;
	/** Key and text of each argument; a call contains nothing else. */
	argument: RegExp;
	/** Tags around its calls that say nothing. */
	around?: RegExp;
}

const DIALECTS: readonly Dialect[] = [
	{
		opener: /<function=[\w.-]{1,80}>/g,
		closer: /<\/function>/g,
		argument: /\s*<parameter=([^<>"'\n]{1,80})>([^]*?)<\/parameter>\s*/gy,
	},
	{
		opener: new RegExp(String.raw`<${BARS}DSML${BARS}invoke name="[^"<>]{1,80}">`, 'g'),
		closer: new RegExp(String.raw`</${BARS}DSML${BARS}invoke>`, 'g'),
		argument: new RegExp(
			String.raw`\s*<${BARS}DSML${BARS}parameter name="([^"<>\n]{1,80})"(?: string="\w{1,9}")?>([^]*?)</${BARS}DSML${BARS}parameter>\s*`,
			'gy',
		),
		around: new RegExp(String.raw`</?${BARS}DSML${BARS}\w{1,20}>`, 'g'),
	},
	{
		opener: /<tool_call>\s{0,9}[\w.-]{1,80}\s{0,9}(?=<arg_key>)/g,
		closer: /<\/tool_call>/g,
		argument: /\s*<arg_key>([^<>"'\n]{1,80})<\/arg_key>\s*<arg_value>([^]*?)<\/arg_value>\s*/gy,
	},
];

/** Whether a tag may be inside JSON or a quoted text. */
const MAY_BE_QUOTED = /^\s*"|[{[]/;
/** A tag in a text: the end of the argument before it is missing. */
const MARK = new RegExp(String.raw`<(?:parameter=|function=|arg_key>|arg_value>|${BARS}DSML)`);

/**
 * A text in which each call that a model wrote with its own tags is an XML call; any other text is
 * unchanged.
 */
export function plainCalls(text: string): string {
	for (const dialect of DIALECTS) {
		const start = text.search(dialect.opener);
		if (start !== -1 && !MAY_BE_QUOTED.test(text.slice(0, start).replace(dialect.around ?? '', '')))
			return rewritten(text, dialect) ?? text;
	}
	return withPlainQuotes(text);
}

/** Undefined if anything in a call is not an argument. */
function rewritten(
	text: string,
	{ opener, closer, argument, around }: Dialect,
): string | undefined {
	const parts: string[] = [];
	let at = 0;
	for (const { index, 0: mark } of text.matchAll(opener)) {
		closer.lastIndex = index;
		const end = closer.exec(text);
		const call = end && xmlCall(text.slice(index + mark.length, end.index), argument);
		if (!call) return undefined;
		parts.push(text.slice(at, index), call);
		at = end.index + end[0].length;
	}
	parts.push(text.slice(at));
	return parts
		.map((part, index) => (index % 2 === 0 && around ? part.replace(around, '') : part))
		.join('');
}

function xmlCall(body: string, argument: RegExp): string | undefined {
	let end = 0;
	const tags: string[] = [];
	for (const [whole, key = '', written = ''] of body.matchAll(argument)) {
		end += whole.length;
		if (MARK.test(written) || written.includes(']]>')) return undefined;
		const said = written.replace(/^\r?\n|\r?\n$/g, '');
		tags.push(`<parameter name="${key}"><![CDATA[${said}]]></parameter>`);
	}
	return end === body.length && end > 0
		? `<invoke name="call">${tags.join('')}</invoke>`
		: undefined;
}

const QUOTED_CALL = /^(?!\s*")[^{[]*?<\|tool_call>call:[\w.-]{1,80}(?=\{)/;
const QUOTE = '<|"|>';

/** Gemma's quotes, inside which nothing is escaped. */
function withPlainQuotes(text: string): string {
	if (!QUOTED_CALL.test(text)) return text;
	const pieces = text.split(QUOTE);
	if (pieces.length % 2 === 0) return text;
	return pieces.map((piece, index) => (index % 2 === 0 ? piece : JSON.stringify(piece))).join('');
}
