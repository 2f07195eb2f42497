import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { TokenHubApi } from '../../credentials/TokenHubApi.credentials';
import { documented } from '../../reference/nodes/documented';
import { nodePages } from '../../reference/nodes/nodePages';

const ROOT = resolve(__dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

test('docs/nodes is what `npm run docs` writes', async () => {
	const pages = await nodePages(ROOT);
	const committed = readdirSync(join(ROOT, 'docs/nodes')).map((name) => `docs/nodes/${name}`);
	expect(committed.sort()).toEqual([...pages.keys()].sort());
	for (const [path, text] of pages) expect(read(path)).toBe(text);
});

const PAGES = 'https://github.com/tokenhub/n8n-nodes-tokenhub/blob/main/';
const codexSchema = z.object({
	resources: z.object({ primaryDocumentation: z.tuple([z.object({ url: z.string() })]) }),
});

test("n8n's links to the docs lead to these pages", () => {
	for (const { folder, page } of documented) {
		const codex = codexSchema.parse(JSON.parse(read(`nodes/${folder}/${folder}.node.json`)));
		const [{ url }] = codex.resources.primaryDocumentation;
		expect(url).toBe(`${PAGES}docs/nodes/${page}.md`);
	}
	const { documentationUrl } = new TokenHubApi();
	expect(documentationUrl.startsWith(PAGES)).toBe(true);
	expect(existsSync(join(ROOT, documentationUrl.slice(PAGES.length)))).toBe(true);
});

/** Every field of a form, at any depth. */
function allFields(fields: readonly INodeProperties[]): INodeProperties[] {
	return fields.flatMap((field) => {
		const inner = (field.options ?? []).flatMap((option) =>
			'values' in option ? option.values : 'type' in option ? option : [],
		);
		return [field, ...allFields(inner)];
	});
}

test.each(documented)('docs/nodes/$page.md has every field', ({ page, description }) => {
	const text = read(`docs/nodes/${page}.md`);
	const fields = allFields(description.properties);
	expect(fields.length).toBeGreaterThan(8);
	for (const { displayName, name, type } of fields) {
		if (name === 'options') continue;
		const words = type === 'notice' ? displayName : `**${displayName}**<br>\`${name}\``;
		expect(text).toContain(words);
	}
});
