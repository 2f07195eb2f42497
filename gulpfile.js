const { rm } = require('node:fs/promises');
const { dest, parallel, series, src } = require('gulp');
const { bundle, bundleLocal } = require('./packaging/bundle');
const { writeDeclarations } = require('./packaging/declarations');
const { writeNotices } = require('./packaging/notices');

/** Files deleted from the sources must not live on in the package. */
async function clean() {
	for (const folder of ['dist', 'build']) await rm(folder, { recursive: true, force: true });
}

/** The licences travel with the code that they are about. */
async function bundleAll() {
	await writeNotices(await bundle());
}

/** Icons and codex files sit next to the nodes and the credential: n8n looks for them there. */
function copyAssets() {
	return src(['nodes/**/*.{svg,json}', 'credentials/**/*.svg'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));
}

/** Everything that runs. */
exports.build = series(clean, parallel(bundleAll, bundleLocal, copyAssets));
/** The library's types: half a minute, so for packing only. */
exports.declarations = writeDeclarations;
