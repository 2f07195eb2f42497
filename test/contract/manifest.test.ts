import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod/v4';
import { parseWorkflowFile } from '../../demo/engine';
import { properties as modelForm } from '../../nodes/LmChatTokenHub/description';
import { properties as chatForm } from '../../nodes/TokenHubChatCompletion/description';
import { properties as extractForm } from '../../nodes/TokenHubJsonExtract/description';
import { properties as loopForm } from '../../nodes/TokenHubToolCallLoop/description';

const ROOT = resolve(__dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const versions = z.record(z.string(), z.string());
const manifest = z
	.object({
		n8n: z.object({ nodes: z.array(z.string()), credentials: z.array(z.string()) }),
		files: z.array(z.string()),
		devDependencies: versions,
		peerDependencies: versions,
	})
	.parse(JSON.parse(read('package.json')));

test('package.json names what exists', () => {
	const { nodes, credentials } = manifest.n8n;
	const source = (path: string) => path.replace(/^dist\//, '').replace(/\.js$/, '.ts');
	for (const path of [...nodes, ...credentials])
		expect(existsSync(join(ROOT, source(path)))).toBe(true);
	expect(manifest.peerDependencies).toEqual({ '@n8n/ai-node-sdk': '*', 'n8n-workflow': '*' });
	expect(manifest.files).toEqual(['index.js', 'dist']);
	for (const name of ['n8n-workflow', 'openai', 'zod', 'zod-to-json-schema', 'jest', 'ts-jest']) {
		expect(manifest.devDependencies).toHaveProperty(name);
	}
	for (const name of [
		'nodes',
		'credentials',
		'test',
		'tsconfig.json',
		'gulpfile.js',
		'index.js',
		'README.md',
	]) {
		expect(existsSync(join(ROOT, name))).toBe(true);
	}
});

test('each node has a codex file of its own name', () => {
	for (const path of manifest.n8n.nodes) {
		const codex = path.replace(/^dist\//, '').replace(/\.js$/, '.json');
		const name = /(\w+)\.node\.json$/.exec(codex)?.[1] ?? '';
		const type = name.charAt(0).toLowerCase() + name.slice(1);
		expect(JSON.parse(read(codex))).toMatchObject({ node: `n8n-nodes-tokenhub.${type}` });
	}
});

test('the lock file names no registry', () => {
	expect(read('package-lock.json')).not.toContain('"resolved"');
	expect(read('server/n8n/package-lock.json')).not.toContain('"resolved"');
});

const forms = new Map([
	['lmChatTokenHub', modelForm],
	['tokenHubChatCompletion', chatForm],
	['tokenHubJsonExtract', extractForm],
	['tokenHubToolCallLoop', loopForm],
]);

const examples = ['examples', 'examples/cookbook'].flatMap((folder) =>
	readdirSync(join(ROOT, folder))
		.filter((name) => name.endsWith('.workflow.json'))
		.map((name) => `${folder}/${name}`),
);

test.each(examples)('%s holds known nodes, no secret, and fields that exist', (name) => {
	const text = read(name);
	expect(text).not.toMatch(/th-[a-z0-9]{4}|sk-/);
	const workflow = parseWorkflowFile(JSON.parse(text));
	expect(workflow.id).toMatch(/^\w{10,}$/);
	for (const node of workflow.nodes.filter(({ type }) => type.includes('tokenhub'))) {
		const type = node.type.replace(/^n8n-nodes-tokenhub\./, '').replace(/Tool$/, '');
		const properties = forms.get(type) ?? [];
		const known = [...properties.map((property) => property.name), 'toolDescription'];
		expect(known).toEqual(expect.arrayContaining(Object.keys(node.parameters)));
		const options = properties.find(({ name: key }) => key === 'options')?.options ?? [];
		const set = z.looseObject({}).parse(node.parameters.options ?? {});
		expect(options.map(({ name: key }) => key)).toEqual(expect.arrayContaining(Object.keys(set)));
	}
});
