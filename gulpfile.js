const { src, dest } = require('gulp');

/** Icons and codex files sit next to the compiled nodes and credentials: n8n looks for them there. */
function copyAssets() {
	return src(['nodes/**/*.{svg,json}', 'credentials/**/*.svg'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));
}

exports.copyAssets = copyAssets;
