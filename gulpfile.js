const { rm } = require('node:fs/promises');
const { src, dest } = require('gulp');

/** Files deleted from the sources must not live on in the package. */
function clean() {
	return rm('dist', { recursive: true, force: true });
}

/** Icons and codex files sit next to the compiled nodes and credentials: n8n looks for them there. */
function copyAssets() {
	return src(['nodes/**/*.{svg,json}', 'credentials/**/*.svg'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));
}

exports.clean = clean;
exports.copyAssets = copyAssets;
