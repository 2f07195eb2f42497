import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const LANGUAGES = ['de', 'ja', 'ko', 'ru', 'zh-TW'];
const PAGES = ['README.md', 'docs/getting-started.md'];

/** Bold words that are a sentence's own. All other bold words name something on the screen. */
const PROSE = new Set([
	'An agent',
	'An extraction',
	'Cheap first, if you like.',
	'Human review',
	'Images',
	'In parallel.',
	'Limits',
	'Long texts',
	'Manual tools',
	'Nothing ends it by accident.',
	'Pictures',
	'Valid, or an honest failure.',
]);

const all = (text: string, pattern: RegExp) =>
	[...text.matchAll(pattern)].map(([, part = '']) => part);
const ofBoth = (page: string) => LANGUAGES.map((language) => [page, language] as const);
const translated = (page: string, language: string) =>
	join('docs', language, page.replace(/^docs\//, ''));

/** What a translation keeps as it is in English. */
function partsOf(path: string) {
	const whole = readFileSync(join(ROOT, path), 'utf8');
	const blocks = whole.match(/^```[^]*?^```$/gm) ?? [];
	const text = whole
		.replace(/^```[^]*?^```$/gm, '')
		.replace(/^.*\[日本語\]\(.*$|^.*\*\*日本語\*\*.*$/m, '');
	const targets = all(text, /\]\(([^)\s]+)\)/g).map((to) =>
		/^[a-z]+:/.test(to) ? to : relative(ROOT, resolve(ROOT, dirname(path), to)),
	);
	return {
		blocks,
		headings: all(text, /^(#+) /gm),
		steps: all(text, /^(\d+\.|-) /gm),
		rows: all(text, /^(\|)/gm).length,
		targets: targets.map((to) => to.replace(/^docs\/(de|ja|ko|ru|zh-TW)\//, 'docs/')).sort(),
		code: all(text, /`([^`\n]+)`/g).sort(),
		bold: all(text, /\*\*([^*]+)\*\*/g),
	};
}

test.each(PAGES.flatMap(ofBoth))('%s in %s says the same by the same names', (page, language) => {
	const english = partsOf(page);
	const other = partsOf(translated(page, language));
	const { bold: _english, ...kept } = english;
	const { bold: _other, ...found } = other;
	expect(found).toEqual(kept);
	const names = english.bold.filter((words) => !PROSE.has(words));
	expect([...other.bold].sort()).toEqual(expect.arrayContaining(names));
	expect(other.bold).toHaveLength(english.bold.length);
});

const everywhere = PAGES.flatMap((page) => [page, ...LANGUAGES.map((to) => translated(page, to))]);

test.each(everywhere)('%s leads to itself in each other language', (path) => {
	const text = readFileSync(join(ROOT, path), 'utf8');
	const name = path.replace(/^.*\//, '');
	const others = everywhere.filter((other) => other.endsWith(name) && other !== path);
	expect(others.filter((other) => !text.includes(`](${relative(dirname(path), other)})`))).toEqual(
		[],
	);
	expect(others).toHaveLength(LANGUAGES.length);
});

test.each(LANGUAGES)('a reader in %s stays there', (language) => {
	const text = readFileSync(join(ROOT, translated('README.md', language)), 'utf8');
	expect(all(text, /\]\(([^)\s]*getting-started\.md)\)/g)).toEqual(
		Array(2).fill('getting-started.md'),
	);
});
