import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { z } from 'zod/v4';

const ROOT = resolve(__dirname, '../..');
const pagesIn = (folder: string) =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.md'))
		.map((name) => join(folder, name));
const pages = ['README.md', 'CONTRIBUTING.md', ...pagesIn('docs'), ...pagesIn('bench')];
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const withoutCode = (text: string) => text.replace(/```[^]*?```|`[^`\n]*`/g, '');

/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string) =>
	heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, '')
		.trim()
		.replaceAll(' ', '-');
const anchorsIn = (path: string) => [
	...[...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading ?? '')),
	...[...read(path).matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id ?? ''),
];

test.each(pages)('%s: every link within the repository leads somewhere', (page) => {
	const links = [...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => to ?? '');
	const broken = links
		.filter((to) => !/^[a-z]+:/.test(to))
		.filter((to) => {
			const [path = '', anchor] = to.split('#');
			const target = path === '' ? page : relative(ROOT, resolve(ROOT, dirname(page), path));
			if (target.startsWith('..') || !existsSync(join(ROOT, target))) return true;
			if (anchor === undefined || statSync(join(ROOT, target)).isDirectory()) return false;
			return !anchorsIn(target).includes(anchor);
		});
	expect(broken).toEqual([]);
});

test('npm scripts that pages name are there, and those for people are named', () => {
	const { scripts } = z
		.object({ scripts: z.record(z.string(), z.string()) })
		.parse(JSON.parse(read('package.json')));
	const words = pages.map(read).join('\n');
	const named = [...words.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name ?? '');
	expect(named.filter((name) => !(name in scripts))).toEqual([]);
	for (const name of [
		'test:e2e',
		'test:queue',
		'bench',
		'test:soak',
		'check',
		'docs',
		'example',
		'dev',
		'screenshots',
	]) {
		expect(named).toContain(name);
	}
});
