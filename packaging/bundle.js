const { mkdir, readFile, writeFile } = require('node:fs/promises');
const { basename, dirname, join, relative } = require('node:path');
const esbuild = require('esbuild');
const { ZodFirstPartyTypeKind } = require('zod/v3');
const { n8n } = require('../package.json');
const { lean } = require('./lean');

const ROOT = join(__dirname, '..');
/** One file for nodes, credential and library: n8n starts faster than with hundreds. */
const ENGINE = 'dist/engine.js';
/** Provided by n8n, and looked up where n8n is installed. */
const PROVIDED = ['n8n-workflow', '@n8n/ai-node-sdk'];

const common = {
	bundle: true,
	platform: 'node',
	format: 'cjs',
	target: 'node20',
	legalComments: 'eof',
	// Names and lines stay as they are, for whoever reads the package; letters are not escaped.
	minifySyntax: true,
	charset: 'utf8',
	metafile: true,
	absWorkingDir: ROOT,
	logLevel: 'warning',
};

/** What is published: each class is named after its file, as n8n requires. */
const published = [...n8n.nodes, ...n8n.credentials].map((path) => ({
	path,
	source: path.replace(/^dist\//, './').replace(/\.js$/, '.ts'),
	name: basename(path).split('.')[0],
}));

/**
 * Bundles everything into dist, including dependencies.
 * @returns esbuild's metafile, which lists the bundled files
 */
async function bundle() {
	const { metafile } = await bundleEngine();
	const engine = join(ROOT, ENGINE);
	await writeFile(engine, lean(await readFile(engine, 'utf8')));
	await Promise.all([...published.map(writeDoor), bundlePrograms()]);
	await writeLibraryDoor();
	return metafile;
}

/** Each part runs when it is first asked for: the library loads no node and does not need n8n. */
function bundleEngine() {
	const parts = published.map(({ name, source }) => [name, `require('${source}').${name}`]);
	const shared = ['library', 'inside'].map((part) => [part, `require('${SOURCES[part]}')`]);
	const exported = [...shared, ...parts];
	const contents = exported.map(([name, value]) => `exports.${name} = () => ${value};`).join('\n');
	return esbuild.build({
		...common,
		stdin: { contents, resolveDir: ROOT, sourcefile: 'engine.js' },
		outfile: ENGINE,
		external: PROVIDED,
		// Nodes print nothing: the console calls of bundled packages are removed.
		drop: ['console'],
		define: { 'console.warn': 'undefined' },
		plugins: [
			{ name: 'english', setup: useEnglish },
			{ name: 'kinds', setup: useKinds },
			{ name: 'short', setup: useShortNames },
		],
	});
}

/** Keeps only zod's English messages: those in fifty other languages are a tenth of the engine. */
function useEnglish(build) {
	build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
		contents: "export { default as en } from './en.js';",
	}));
}

/** `zod-to-json-schema` uses only the names of zod 3's kinds: a zod 3 schema comes with its own zod. */
function useKinds(build) {
	build.onLoad({ filter: /[\\/]zod[\\/]v3[\\/]index\.js$/ }, () => ({
		contents: `export const ZodFirstPartyTypeKind = ${JSON.stringify(ZodFirstPartyTypeKind)};`,
	}));
}

/** Local names are short in the parser of zod text: whoever reads it has its own source. */
function useShortNames(build) {
	build.onLoad({ filter: /[\\/]acorn[\\/]dist[\\/]acorn\.mjs$/ }, async ({ path }) => {
		const source = await readFile(path, 'utf8');
		const { code } = await esbuild.transform(source, { minifyIdentifiers: true, charset: 'utf8' });
		return { contents: code };
	});
}

const SOURCES = { library: './core', inside: './core/inside' };
/** What the programs use of the engine, by the names in their imports. */
const SHARED = {
	core: 'library()',
	'core/inside': 'inside()',
	'zod/v4': '{ z: inside().zodParts }',
};

/**
 * Programs that n8n never loads, and which may open files and ports, unlike nodes: the library's entry,
 * the endpoint for tests, and the command line. Their names end in `.cjs` to tell them from the nodes'
 * code.
 */
function bundlePrograms() {
	const names = ['library', 'testing', 'cli'];
	const entryPoints = names.map((name) => ({
		in: `./library/${name === 'library' ? 'index' : name}.ts`,
		out: name,
	}));
	const plugins = [{ name: 'engine', setup: useEngine }];
	const out = { outdir: 'dist', outExtension: { '.js': '.cjs' } };
	return esbuild.build({ ...common, entryPoints, ...out, plugins });
}

/** Replaces code that is already in the engine by a reference to it. */
function useEngine(build) {
	build.onResolve({ filter: /^((?:\.\.\/)+core(\/inside)?|zod\/v4)$/ }, ({ path, importer }) => {
		const isOurs = relative(ROOT, importer).split('/')[0] !== 'node_modules';
		return isOurs ? { path: path.replace(/^(?:\.\.\/)+/, ''), namespace: 'engine' } : undefined;
	});
	build.onLoad({ filter: /.*/, namespace: 'engine' }, ({ path }) => ({
		contents: `const { library, inside } = require('./engine.js'); module.exports = ${SHARED[path]};`,
	}));
	build.onResolve({ filter: /^\.\/engine\.js$/ }, ({ path }) => ({ path, external: true }));
}

/** The file where n8n looks for a class, by its name. */
async function writeDoor({ path, name }) {
	const file = join(ROOT, path);
	await mkdir(dirname(file), { recursive: true });
	const engine = relative(dirname(path), ENGINE);
	await writeFile(file, `exports.${name} = require('${engine}').${name}();\n`);
}

/** The second line never runs: Node.js reads from it which names can be imported. */
async function writeLibraryDoor() {
	const names = Object.keys(require(join(ROOT, 'dist', 'library.cjs'))).sort();
	const text = `module.exports = require('./library.cjs');
0 && (module.exports = { ${names.join(', ')} });
`;
	await writeFile(join(ROOT, 'dist', 'index.js'), text);
}

const LOCAL = [
	'demo/start.ts',
	'demo/engine/index.ts',
	'gateway/index.ts',
	'core/schema/valueCheck.ts',
];

/** Compiles what runs only from the repository into build/; packages are not bundled. */
function bundleLocal() {
	const outdir = join(ROOT, 'build');
	const entries = { entryPoints: LOCAL, outdir, outbase: ROOT, packages: 'external' };
	return esbuild.build({ ...common, ...entries });
}

module.exports = { bundle, bundleLocal };
