const { existsSync } = require('node:fs');
const { readdir, readFile, writeFile } = require('node:fs/promises');
const { dirname, join, relative } = require('node:path');
const { name: own } = require('../package.json');

const ROOT = join(__dirname, '..');
/** Made by packaging/pdfTables.mjs from Mozilla's pdf.js. */
const PDF_TABLES = 'core/pdf/tables.json';
const HEAD = `${own} contains the packages below. These are their licenses:\n`;

/** Writes dist/THIRD-PARTY-NOTICES.txt: the licenses of everything in the bundles. */
async function writeNotices({ inputs }) {
	const files = Object.keys(inputs);
	await writeFile(join(ROOT, 'dist', 'THIRD-PARTY-NOTICES.txt'), await noticesOf(files));
}

/** The notices for bundled files: of their packages, and of code by others inside those. */
async function noticesOf(files) {
	const folders = [...new Set(files.flatMap((file) => packageFolder(file) ?? []))].sort();
	const notices = await Promise.all([
		...folders.map(noticeOf),
		...vendoredFolders(files).map(vendoredNotice),
		...(files.includes(PDF_TABLES) ? [pdfJsNotice()] : []),
	]);
	return [HEAD, ...notices].join('\n');
}

/** The innermost package: `node_modules/debug` for `node_modules/debug/src/node.js`. */
function packageFolder(file) {
	return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

async function noticeOf(folder) {
	const path = join(ROOT, folder);
	const manifest = JSON.parse(await readFile(join(path, 'package.json'), 'utf8'));
	const { name, version, license, author } = manifest;
	const texts = await licenceTexts(path);
	const owner = `Copyright ${author?.name ?? author}; the package includes no license text.`;
	return section(`${name} ${version} (${license})`, texts.length > 0 ? texts : [owner]);
}

async function licenceTexts(path) {
	const names = (await readdir(path)).filter((file) => /^(licen[cs]e|notice)/i.test(file));
	const texts = await Promise.all(names.map((file) => readFile(join(path, file), 'utf8')));
	return texts.map((text) => text.trim());
}

function section(title, texts) {
	return [`## ${title}`, ...texts, ''].join('\n\n');
}

/** Folders inside packages that have their own license, next to the code or to its source. */
function vendoredFolders(files) {
	const folders = new Set();
	for (const file of files) {
		const root = packageFolder(file);
		if (!root) continue;
		for (let inner = dirname(relative(root, file)); inner !== '.'; inner = dirname(inner)) {
			const places = [join(root, inner), join(root, 'src', inner)];
			const place = places.find((path) => hasLicence(join(ROOT, path)));
			if (place) folders.add(place);
		}
	}
	return [...folders].sort();
}

function hasLicence(path) {
	return ['LICENSE', 'LICENSE.md', 'LICENSE.txt'].some((name) => existsSync(join(path, name)));
}

async function vendoredNotice(folder) {
	const root = packageFolder(folder);
	const { name, version } = JSON.parse(await readFile(join(ROOT, root, 'package.json'), 'utf8'));
	const texts = await licenceTexts(join(ROOT, folder));
	const title = `${folder.split('/').at(-1)} in-${name}-${version} (${licenceName(texts[0])})`;
	return section(title, texts);
}

function licenceName(text) {
	const name = /^(MIT|ISC|BSD 3-Clause|BSD 2-Clause|Apache)\b/.exec(text)?.[1];
	if (!name) throw new Error(`packaging/notices.js does not know this licence: ${text}`);
	return name.replace(/^BSD (\d-Clause)/, 'BSD-$1').replace('Apache', 'Apache-2.0');
}

async function pdfJsNotice() {
	const folder = join(ROOT, 'node_modules', 'pdfjs-dist');
	const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	return section(`pdfjs-dist ${version} (Apache-2.0)`, [
		'Copyright Mozilla Foundation; of pdf.js (https://github.com/mozilla/pdf.js), only the tables of encodings, glyph names and widths are included, in another format.',
		...(await licenceTexts(folder)),
	]);
}

module.exports = { noticesOf, writeNotices };
