import { isNoAnswer } from './notTheAnswer';

const TAGS = /<\/?(?:del|s|strike|template)(?:\s[^<>]{0,200})?>/gi;
const STRIKES = /(?<!~)~~(?!~)/g;
/** At the beginning of a line, with nothing else in it. */
const LINE_COMMENT = /^\s*(?:\/\/+|#+|--|;+|%+)[ \t]*$/;

/** What a fence or a tag right before a value says about it. */
const NAMED = /(?:[`~]{3,}([^`\n]{1,80})\n|<([A-Za-z][\w-]{0,40})>)\s*$/;

/** Whether marks before a value take it back: it is struck out, in a comment, removed by a diff or named a draft. */
export function isWithdrawn(before: string): boolean {
	const line = before.slice(before.lastIndexOf('\n') + 1);
	const paragraph = before.slice(before.lastIndexOf('\n\n') + 1);
	const isRemoved = /^-[ \t]{0,9}$/.test(line) && /[`~]{3}diff\n[^`~]*$/.test(before);
	const isStruck = (paragraph.match(STRIKES)?.length ?? 0) % 2 === 1;
	// At the very beginning, `<s>` is a token of the model.
	const isTagged =
		before
			.replace(/^\s*<s>/, '')
			.match(TAGS)
			?.at(-1)
			?.startsWith('</') === false;
	const isComment =
		isOpen(before, '<!--', '-->') || isOpen(before.replace(/\S\/\*/g, ''), '/*', '*/');
	const [, label, tag = ''] = NAMED.exec(before) ?? [];
	const isOther = isNoAnswer(label ?? tag);
	return isOther || isRemoved || isStruck || isTagged || isComment || LINE_COMMENT.test(line);
}

const isOpen = (text: string, opener: string, closer: string) =>
	text.lastIndexOf(opener) > text.lastIndexOf(closer);

/** Whether the name of a field is struck out, in a comment or removed by a diff: `// age`, `-age`. */
export function isNameWithdrawn(name: string): boolean {
	return /^\s*(?:\/\/|\/\*|#\s|<!--|-\s?(?=\p{L}))|~~|<(?:del|s|strike)>/iu.test(name);
}

/** The part of a text that is struck out. */
export function struckIn(text: string): string | undefined {
	return /(?<!~)~~(?=[^\s~])[^~]{1,200}~~(?!~)|<(del|s|strike)>[^<>]{1,200}<\/\1>/i.exec(text)?.[0];
}
