import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { apiPage } from './api/apiPage';
import { nodePages } from './nodes/nodePages';
import { pretty } from './markdown';

/** Writes the pages that are generated from code; with `--check`, only says which ones differ. */
async function main(isCheck: boolean): Promise<number> {
	const root = join(__dirname, '..', '..');
	const pages = await nodePages(root);
	pages.set('docs/api/README.md', await pretty(await apiPage(root)));
	const differing = [...pages].filter(([path, text]) => read(join(root, path)) !== text);
	for (const [path, text] of isCheck ? [] : differing) {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), text);
	}
	for (const [path] of differing) process.stdout.write(`${path}\n`);
	if (!isCheck || differing.length === 0) return 0;
	process.stderr.write('These pages are not what the code says: run `npm run docs`.\n');
	return 1;
}

function read(path: string): string | undefined {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return undefined;
	}
}

void main(process.argv.includes('--check')).then((code) => (process.exitCode = code));
