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
