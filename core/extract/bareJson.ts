import { riskyNotes } from '../json/cursor';
import { readWholeJson, type ReadJson } from '../json/readJson';

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
