const { writeFile } = require('node:fs/promises');
const { join } = require('node:path');
const { generateDtsBundle } = require('dts-bundle-generator');
const prettier = require('prettier');
const { withoutZod } = require('./withoutZod');

const ROOT = join(__dirname, '..');

/** Writes the library's types as one file that asks for no other package. */
async function writeDeclarations() {
	const entry = {
		filePath: join(ROOT, 'core', 'index.ts'),
		noCheck: true,
		output: { noBanner: true, exportReferencedTypes: false },
	};
	const options = { preferredConfigPath: join(ROOT, 'tsconfig.json') };
	const [flat = ''] = generateDtsBundle([entry], options);
	const style = await prettier.resolveConfig(ROOT);
	const text = await prettier.format(withoutZod(flat, ROOT), { ...style, parser: 'typescript' });
	await writeFile(join(ROOT, 'dist', 'index.d.ts'), text);
}

module.exports = { writeDeclarations };
