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
