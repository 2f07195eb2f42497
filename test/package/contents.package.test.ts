import { readdirSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { runCommand } from '../../server/runCommand';
import { PACKED, ROOT, TARBALL } from './packed';

const read = (path: string) => readFileSync(join(PACKED, path), 'utf8');

test('holds what n8n and the library need, and nothing else', () => {
	const entries = readdirSync(PACKED, { recursive: true, withFileTypes: true });
	const files = entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(PACKED.length + 1))
		.sort();
	const node = (name: string) => [
		`dist/nodes/${name}/${name}.node.js`,
		`dist/nodes/${name}/${name}.node.json`,
	];
	expect(files).toEqual(
		[
			...['LICENSE', 'README.md', 'index.js', 'package.json'],
			...['dist/THIRD-PARTY-NOTICES.txt', 'dist/engine.js', 'dist/index.d.ts', 'dist/index.js'],
			...['dist/cli.cjs', 'dist/library.cjs', 'dist/testing.cjs', 'dist/testing.d.ts'],
			'dist/credentials/TokenHubApi.credentials.js',
			...[
				'LmChatTokenHub',
				'TokenHubChatCompletion',
				'TokenHubJsonExtract',
				'TokenHubToolCallLoop',
			].flatMap(node),
			...['dist/nodes/shared/tokenhub.dark.svg', 'dist/nodes/shared/tokenhub.svg'],
		].sort(),
	);
});

test('weighs at most 0.7 MB', () => {
	expect(statSync(TARBALL).size).toBeLessThanOrEqual(700_000);
});

test('brings no dependency along', () => {
	const manifest: unknown = JSON.parse(read('package.json'));
	expect(manifest).not.toHaveProperty('dependencies');
	expect(manifest).not.toHaveProperty('optionalDependencies');
	expect(manifest).not.toHaveProperty('bundleDependencies');
	expect(manifest).toMatchObject({ peerDependencies: { 'n8n-workflow': '*' } });
});

test('asks for nothing that n8n or Node does not have', () => {
	const asked = [
		...read('dist/engine.js').matchAll(/\b(?:require|import)\(["']([^"'.$][^"']*)["']\)/g),
	];
	const packages = [...new Set(asked.map(([, name = '']) => name))].filter(isNoBuiltin).sort();
	// The SDK is asked for on use only: an older n8n has none.
	expect(packages).toEqual(['@n8n/ai-node-sdk', 'n8n-workflow']);
});

test.each(['cli', 'library', 'testing'])(
	'%s: what programs load is not a part of the nodes',
	(name) => {
		const asked = [...read(`dist/${name}.cjs`).matchAll(/\brequire\(["']([^"']+)["']\)/g)];
		const packages = [...new Set(asked.map(([, path = '']) => path))].filter(isNoBuiltin);
		expect(packages).toEqual(['./engine.js']);
		const loadedByN8n = ['dist/engine.js', ...nodeFiles()].map(read).join('\n');
		expect(loadedByN8n).not.toContain('.cjs');
	},
);

const nodeFiles = () =>
	readdirSync(join(PACKED, 'dist', 'nodes'), { recursive: true, encoding: 'utf8' })
		.filter((path) => path.endsWith('.js'))
		.map((path) => join('dist', 'nodes', path));

const isNoBuiltin = (name: string) => !isBuiltin(name);

describe('licences', () => {
	const notices = read('dist/THIRD-PARTY-NOTICES.txt');
	const listed = [...notices.matchAll(/^## (\S+) \S+ \((.+)\)$/gm)].map(
		([, name = '', licence = '']) => ({ name, licence }),
	);

	test('each bundled package is listed, under a licence that allows it', () => {
		const bundled = [
			...read('dist/engine.js').matchAll(/^\s*\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)/gm),
		];
		const names = new Set(bundled.map(([, name = '']) => name));
		expect([...names]).toEqual(expect.arrayContaining(['acorn', 'zod']));
		expect(listed.map(({ name }) => name)).toEqual(expect.arrayContaining([...names]));
		const allowed = ['MIT', 'ISC', 'Apache-2.0', 'BSD-3-Clause'];
		for (const { licence } of listed) expect(allowed).toContain(licence);
	});

	test('what those hold of others is listed too', () => {
		const names = listed.map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(['pdfjs-dist']));
	});

	test('each with its text', () => {
		for (const part of notices.split(/^## /m).slice(1)) expect(part).toMatch(/copyright/i);
	});

	test('docs/decisions argues for each of them', () => {
		const record = readFileSync(join(ROOT, 'docs/decisions/0003-runtime-dependencies.md'), 'utf8');
		const missing = listed.filter(({ name }) => !record.includes(`\`${name}\``));
		expect(missing).toEqual([]);
	});
});

test('the tables of PDF fonts are those of pdfjs-dist', async () => {
	const script = join(ROOT, 'packaging', 'pdfTables.mjs');
	await runCommand([process.execPath, script, '--check'], { cwd: ROOT });
});

test('says what it is, and which version', () => {
	const { version } = z.object({ version: z.string() }).parse(JSON.parse(read('package.json')));
	expect(version).toMatch(/^\d+\.\d+\.\d+$/);
	expect(read('README.md')).toContain('# n8n-nodes-tokenhub');
});
