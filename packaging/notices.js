const { readdir, readFile, writeFile } = require('node:fs/promises');
const { join } = require('node:path');

const ROOT = join(__dirname, '..');
const HEAD = `n8n-nodes-tokenhub holds the packages below. Their licences, word for word:\n`;

/** Writes dist/THIRD-PARTY-NOTICES.txt: the licence of every package that went into the bundles. */
async function writeNotices(metafiles) {
	const files = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
	const folders = [...new Set(files.flatMap((file) => packageFolder(file) ?? []))].sort();
	const notices = await Promise.all(folders.map(noticeOf));
	await writeFile(join(ROOT, 'dist', 'THIRD-PARTY-NOTICES.txt'), [HEAD, ...notices].join('\n'));
}

/** The innermost package, such as `node_modules/debug` of `node_modules/debug/src/node.js`. */
function packageFolder(file) {
	return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

async function noticeOf(folder) {
	const path = join(ROOT, folder);
	const manifest = JSON.parse(await readFile(join(path, 'package.json'), 'utf8'));
	const { name, version, license, author } = manifest;
	const names = (await readdir(path)).filter((file) => /^(licen[cs]e|notice)/i.test(file));
	const texts = await Promise.all(names.map((file) => readFile(join(path, file), 'utf8')));
	const owner = `Copyright ${author?.name ?? author}; the package brings no text of its licence.`;
	const parts = texts.length > 0 ? texts.map((text) => text.trim()) : [owner];
	return [`## ${name} ${version} (${license})`, ...parts, ''].join('\n\n');
}

module.exports = { writeNotices };
