const { writeFile } = require('node:fs/promises');
const { basename, join } = require('node:path');
const { generateDtsBundle } = require('dts-bundle-generator');
const prettier = require('prettier');
const { withoutZod } = require('./withoutZod');

const ROOT = join(__dirname, '..');

/** Writes the types of the library and of its test endpoint; these files import no other package. */
async function writeDeclarations() {
	const names = ['index', 'testing'];
	const entries = names.map((name) => ({
		filePath: join(ROOT, 'library', `${name}.ts`),
		noCheck: true,
		output: { noBanner: true, exportReferencedTypes: false },
	}));
	const options = { preferredConfigPath: join(ROOT, 'tsconfig.json') };
	const flat = generateDtsBundle(entries, options);
	await Promise.all(entries.map(async ({ filePath }, at) => await write(filePath, flat[at] ?? '')));
}

async function write(entry, flat) {
	const style = await prettier.resolveConfig(ROOT);
	const plain = withoutZod(flat, ROOT, entry);
	const text = await prettier.format(plain, { ...style, parser: 'typescript' });
	await writeFile(join(ROOT, 'dist', `${basename(entry, '.ts')}.d.ts`), text);
}

module.exports = { writeDeclarations };
