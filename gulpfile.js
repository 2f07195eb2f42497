const { rm } = require('node:fs/promises');
const { dest, parallel, series, src } = require('gulp');
const { bundle, bundleLocal } = require('./packaging/bundle');
const { writeDeclarations } = require('./packaging/declarations');
const { writeNotices } = require('./packaging/notices');

/** Files deleted from the sources must not stay in the package. */
async function clean() {
	for (const folder of ['dist', 'build']) await rm(folder, { recursive: true, force: true });
}

/** The licenses go with the code they cover. */
async function bundleAll() {
	await writeNotices(await bundle());
}

/** Icons and codex files go next to the nodes and the credential, where n8n looks for them. */
function copyAssets() {
	return src(['nodes/**/*.{svg,json}', 'credentials/**/*.svg'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));
}

/** Everything needed at run time. */
exports.build = series(clean, parallel(bundleAll, bundleLocal, copyAssets));
/** The library's types take half a minute, so they are made only for packing. */
exports.declarations = writeDeclarations;
