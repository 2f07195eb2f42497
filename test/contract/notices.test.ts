import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
// The build's own script: plain JavaScript without types.
const { noticesOf } = jest.requireActual<{ noticesOf(files: string[]): Promise<string> }>(
	'../../packaging/notices.js',
);

const ROOT = resolve(__dirname, '../..');
const inOpenai = (file: string) => `node_modules/openai/${file}`;
const files = [
	'core/index.ts',
	'core/pdf/tables.json',
	...['index.mjs', 'internal/qs/utils.mjs', '_vendor/partial-json-parser/parser.mjs'].map(inOpenai),
];

test('the notices name what bundled packages hold of others, with their licenses', async () => {
	const notices = await noticesOf(files);
	const sections = [...notices.matchAll(/^## (\S+) \S+ \((.+)\)$/gm)].map(([, name, licence]) => [
		name,
		licence,
	]);
	expect(sections).toEqual([
		['openai', 'Apache-2.0'],
		['partial-json-parser', 'MIT'],
		['qs', 'BSD-3-Clause'],
		['pdfjs-dist', 'Apache-2.0'],
	]);
	const [, pdfJs = ''] = notices.split(/^## pdfjs-dist /m);
	expect(pdfJs).toMatch(
		/^\d+\.\d+\.\d+ .*Copyright Mozilla Foundation.*Version 2\.0, January 2004/s,
	);
	expect(await noticesOf(['node_modules/acorn/dist/acorn.mjs'])).not.toContain('pdfjs');
});

test('no other package that we bundle holds a folder of others with a licence of its own', () => {
	const bundled = [
		'acorn',
		'agent-base',
		'http-proxy-agent',
		'https-proxy-agent',
		'openai',
		'proxy-from-env',
		'zod',
		'zod-to-json-schema',
	];
	const licences = bundled.flatMap((name) => {
		const folder = join(ROOT, 'node_modules', name);
		expect(existsSync(folder)).toBe(true);
		return readdirSync(folder, { recursive: true, encoding: 'utf8' })
			.filter((file) => /\/licen[cs]e[^/]*$/i.test(file) && !file.includes('node_modules'))
			.map((file) => `${name}/${file}`);
	});
	expect(licences.sort()).toEqual([
		'openai/src/_vendor/partial-json-parser/LICENSE',
		'openai/src/_vendor/zod-to-json-schema/LICENSE',
		'openai/src/internal/qs/LICENSE.md',
	]);
});
