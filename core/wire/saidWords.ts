/** A person reads a few lines of what a gateway has to say. */
const MOST = 300;
/** What is looked at: pages of firewalls are long, and say it at their beginning. */
const MOST_READ = 20_000;

const PAGE = /<(?:!doctype|html|head|body|title|h1)\b/i;

/** Whether a text is a web page, which no API answers with. */
export function isPage(text: string): boolean {
	return PAGE.test(text.slice(0, MOST_READ));
}

/** What a gateway said as one line of at most 300 characters, without markup. */
export function saidWords(text: string): string {
	const read = text.slice(0, MOST_READ);
	const words = (isPage(read) ? wordsOfPage(read) : read).replace(/\s+/g, ' ').trim();
	return words.length > MOST ? `${cut(words, MOST - 1)}…` : words;
}

/** Not in the middle of a character that takes two places. */
function cut(text: string, length: number): string {
	const isHalf = /[\uD800-\uDBFF]/.test(text.charAt(length - 1));
	return text.slice(0, isHalf ? length - 1 : length);
}

function wordsOfPage(page: string): string {
	const headings = [...page.matchAll(/<(title|h1)\b[^>]{0,500}>([^<]{1,500})/gi)].map(
		([, , words = '']) => words.trim(),
	);
	const title = [...new Set(headings.map(plain))].filter((words) => words !== '').join(': ');
	return title || plain(page.replace(/<(script|style)\b[^]*?(?:<\/\1>|$)/gi, ' '));
}

const ENTITIES: Record<string, string> = {
	...{ amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', apos: "'", '#39': "'" },
};

function plain(markup: string): string {
	const text = markup.replace(/<[^>]{0,2000}>/g, ' ').replace(/[<>]/g, ' ');
	return text
		.replace(/&([a-z]{2,4}|#39);/gi, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole)
		.replace(/[<>]/g, ' ')
		.trim();
}

/** Without a status that stands before the words as well. */
export function withoutStatus(words: string, status: number): string {
	const before = new RegExp(
		`^(?:(?:http|error|status|code)(?:/[\\d.]+| code| status)?[ :=]*)*\\(?${status}\\b\\)?[\\s:.,;-]*`,
		'i',
	);
	return words.replace(before, '') || words;
}
