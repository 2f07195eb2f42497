const esbuild = require('esbuild');
const ts = require('typescript');

/** Comments that esbuild leaves before members, and indentation. */
const SPARED = /^ *\/\*\*(?:[^*]|\*(?!\/))*\*\/\n|^ +\/\/.*\n|^(?: {2})+/gm;

/** The line above each bundled file. */
const FILE = /^\/\/ (?:(node_modules)|\w+)\/\S+$/gm;

/**
 * The same code with tabs, without the comments of members, and with bundled packages without
 * indentation: a twentieth less to download. Texts stay as they are.
 * @throws Error if it would not be the same code
 */
function lean(code) {
	const texts = longTexts(code);
	const files = [...code.matchAll(FILE)];
	let [next, file] = [0, 0];
	const made = code.replace(SPARED, (spared, offset) => {
		while (texts[next] && texts[next].end <= offset) next += 1;
		if (texts[next] && texts[next].pos <= offset) return spared;
		while (files[file + 1]?.index < offset) file += 1;
		const isPackage = files[file]?.[1] !== undefined;
		return spared.endsWith('\n') || isPackage ? '' : '\t'.repeat(spared.length / 2);
	});
	if (plain(made) !== plain(code)) throw new Error('The lean bundle is not the same code.');
	return made;
}

/** Where the texts of several lines are, in order. */
function longTexts(code) {
	const found = [];
	const visit = (node) => {
		if (ts.isTemplateLiteralToken(node)) found.push({ pos: node.getStart(), end: node.end });
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('engine.js', code, ts.ScriptTarget.Latest, true));
	return found;
}

const plain = (code) =>
	esbuild.transformSync(code, { minifyWhitespace: true, charset: 'utf8' }).code;

module.exports = { lean };
