import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const page = readFileSync(join(ROOT, 'docs', 'architecture.md'), 'utf8');
const quoted = [...new Set([...page.matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text))];

const sources = ['core', 'nodes', 'library', 'gateway', 'demo'].flatMap((folder) =>
	readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
		.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')),
);
const words = new Set(sources.flatMap((text) => text.match(/[A-Za-z_]\w*/g) ?? []));

test('what the page names is there', () => {
	const names = quoted.filter((text) => /^[A-Za-z]\w+$/.test(text));
	expect(names.length).toBeGreaterThan(50);
	expect(names.filter((name) => !words.has(name) && !existsSync(join(ROOT, name)))).toEqual([]);
});

test('the paths on the page exist', () => {
	const paths = quoted.filter((text) => /^[\w-]+(?:\/[\w.-]+)*\/?$/.test(text) && /\//.test(text));
	const isRelative = (path: string) =>
		[
			'nodes/TokenHubToolCallLoop',
			'core/toolLoop',
			'core/extract',
			'core/extract/answer',
			'core/chat',
		].some((folder) => existsSync(join(ROOT, folder, path)));
	const missing = paths.filter(
		(path) => path !== 'nodes/X/' && !existsSync(join(ROOT, path)) && !isRelative(path),
	);
	expect(missing).toEqual([]);
});

test('each folder of core has its row, and each folder of the repository', () => {
	const rows = [...page.matchAll(/^\| `([\w/]+)\/?` +\|/gm)].map(([, path = '']) =>
		path.replace(/\/$/, ''),
	);
	const folders = (path: string) =>
		readdirSync(join(ROOT, path), { withFileTypes: true })
			.filter((entry) => entry.isDirectory() && /^[a-z]/.test(entry.name))
			.map(({ name }) => join(path, name));
	const generated = ['build', 'dist', 'docs', 'node_modules', 'coverage', 'reports'];
	const all = [...folders('core'), ...folders('')].filter((path) => !generated.includes(path));
	expect(all.filter((path) => !['core', 'nodes'].includes(path) && !rows.includes(path))).toEqual(
		[],
	);
});

/** One hop from the question to a name and its file, one from there to the line. */
const hops = [...page.matchAll(/^\| (.+?) +\| `(\w+)` in `([\w/.-]+\.ts)` *\|$/gm)].map(
	([, what = '', name = '', file = '']) => [what.trim(), name, file] as const,
);

test('there is a row for each step that people look for', () => {
	expect(hops.length).toBeGreaterThan(20);
});

test.each(hops)('%s: %s in %s', (_what, name, file) => {
	const definition = new RegExp(
		`^(?:export )?(?:async )?(?:function\\*?|const|class|interface) ${name}\\b`,
		'm',
	);
	expect(readFileSync(join(ROOT, file), 'utf8')).toMatch(definition);
});
