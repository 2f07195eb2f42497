import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, resolve } from 'node:path';

/** What the linter holds by syntax is held here by plain text as well: a rule that is off still shows. */

const ROOT = resolve(__dirname, '../..');
const sources = (folder: string) =>
	readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
		.map((entry) => {
			const path = join(entry.parentPath, entry.name);
			return { path: relative(ROOT, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') };
		});
const all = ['core', 'credentials', 'nodes', 'gateway', 'demo'].flatMap(sources);
const filesWith = (folder: string, pattern: RegExp) =>
	sources(folder)
		.filter(({ text }) => pattern.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')))
		.map(({ path }) => path);

test('core knows nothing of n8n and the nodes', () => {
	expect(filesWith('core', /from '(n8n|.*\/nodes\/)/)).toEqual([]);
});

test('nothing of the openai SDK goes into the package but types', () => {
	const users = (root: string) => filesWith(root, /^import (?!type).*from 'openai'/m);
	expect([...users('core'), ...users('nodes')]).toEqual([]);
});

test('no file runs another one that runs it: what calls itself is handed down', () => {
	const paths = new Set(all.map(({ path }) => path));
	const importsOf = new Map(
		all.map(({ path, text }) => {
			const named = [...text.matchAll(/^(?:import|export) (?!type\b)[^;]*?from '(\.[^']*)'/gm)];
			const targets = named.map(([, target = '']) => posix.join(posix.dirname(path), target));
			const files = targets.flatMap((target) => [`${target}.ts`, `${target}/index.ts`]);
			return [path, files.filter((file) => paths.has(file))];
		}),
	);
	const done = new Set<string>();
	const circlesFrom = (path: string, above: readonly string[]): string[] => {
		const at = above.indexOf(path);
		if (at >= 0) return [[...above.slice(at), path].join(' → ')];
		if (done.has(path)) return [];
		const circles = importsOf.get(path)?.flatMap((next) => circlesFrom(next, [...above, path]));
		done.add(path);
		return circles ?? [];
	};
	expect([...importsOf.values()].flat().length).toBeGreaterThan(1_000);
	expect([...paths].flatMap((path) => circlesFrom(path, []))).toEqual([]);
});

test.each([
	[/\.getNodeParameter\(/, ['nodes/shared/item/itemReader.ts']],
	[/\bcatch\b/, ['nodes/shared/run/runItems.ts']],
	[/continueOnFail/, ['nodes/shared/run/runItems.ts']],
	[/pairedItem/, ['nodes/shared/run/runItems.ts']],
	[/new Node(Api|Operation)Error\(/, ['nodes/shared/run/nodeError.ts']],
])('under nodes, %s has one home', (pattern, home) => {
	expect(filesWith('nodes', pattern)).toEqual(home);
});

test('a node class is short and has no logic', () => {
	const nodes = sources('nodes').filter(({ path }) => path.endsWith('.node.ts'));
	expect(nodes).toHaveLength(4);
	for (const { text } of nodes) {
		expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(45);
		expect(text).not.toMatch(/\bif\b/);
	}
});

test('no any, no silenced compiler, no evaluated code', () => {
	const forbidden =
		/: any\b|<any>|@ts-(ignore|expect-error|nocheck)|\beval\(|new Function\(|node:vm/;
	const code = (text: string) =>
		text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$|'[^'\n]*'|`[^`]*`|^(import|export) .*$/gm, '');
	expect(all.filter(({ text }) => forbidden.test(code(text))).map(({ path }) => path)).toEqual([]);
});

test('files keep their budget', () => {
	const long = all.filter(({ text }) => text.trimEnd().split('\n').length > 300);
	expect(long.map(({ path }) => path)).toEqual([]);
});
