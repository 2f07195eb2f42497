import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Links to the workflows in examples/ that hold the node, itself or as a tool. */
export function examplesOf(root: string, name: string): string[] {
	const folder = join(root, 'examples');
	const type = new RegExp(`"n8n-nodes-tokenhub\\.${name}(Tool)?"`);
	return readdirSync(folder)
		.filter((file) => file.endsWith('.workflow.json'))
		.filter((file) => type.test(readFileSync(join(folder, file), 'utf8')))
		.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
		.map((file) => `[${file.replace('.workflow.json', '')}](../../examples/${file})`);
}
