import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nodePages } from './pages';

/** Writes the pages that are made from the code. */
async function main(): Promise<void> {
	const root = join(__dirname, '..', '..');
	for (const [path, text] of await nodePages(root)) {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), text);
		process.stdout.write(`${path}\n`);
	}
}

void main();
