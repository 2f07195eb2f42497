/** Lets `node --require` run this repository's TypeScript as it stands, without a build of its own. */
const { readFileSync } = require('node:fs');
const { transformSync } = require('esbuild');

require.extensions['.ts'] = (module, file) => {
	const source = readFileSync(file, 'utf8');
	const target = { loader: 'ts', format: 'cjs', target: 'node24', sourcemap: 'inline' };
	module._compile(transformSync(source, { ...target, sourcefile: file }).code, file);
};
