const { mkdir, writeFile } = require('node:fs/promises');
const { basename, dirname, join, relative } = require('node:path');
const esbuild = require('esbuild');
const { ZodFirstPartyTypeKind } = require('zod/v3');
const { n8n } = require('../package.json');

const ROOT = join(__dirname, '..');
/** One file for nodes, credential and library: n8n starts faster than with hundreds. */
const ENGINE = 'dist/engine.js';
/** n8n's own, to be found where n8n is. */
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

/** Names of what is published: classes are called after their files, as n8n wants it. */
const published = [...n8n.nodes, ...n8n.credentials].map((path) => ({
	path,
	source: path.replace(/^dist\//, './').replace(/\.js$/, '.ts'),
	name: basename(path).split('.')[0],
}));

/** Bundles everything into dist, dependencies included. @returns esbuild's account of what went in */
async function bundle() {
	const { metafile } = await bundleEngine();
	await Promise.all([...published.map(writeDoor), bundlePrograms()]);
	await writeLibraryDoor();
	return metafile;
}

/** Each part runs when it is first asked for: the library loads no node, and needs no n8n. */
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
		// A node prints nothing: packages that would are bundled without these lines.
		drop: ['console'],
		define: { 'console.warn': 'undefined' },
		plugins: [
			{ name: 'english', setup: useEnglish },
			{ name: 'kinds', setup: useKinds },
		],
	});
}

/** Of zod's messages in fifty languages, ours are the English ones: a tenth of the engine is the others. */
function useEnglish(build) {
	build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
		contents: "export { default as en } from './en.js';",
	}));
}

/** Of zod 3, `zod-to-json-schema` uses the names of its kinds alone: a schema comes with its own zod. */
function useKinds(build) {
	build.onLoad({ filter: /[\\/]zod[\\/]v3[\\/]index\.js$/ }, () => ({
		contents: `export const ZodFirstPartyTypeKind = ${JSON.stringify(ZodFirstPartyTypeKind)};`,
	}));
}

const SOURCES = { library: './core', inside: './core/inside' };
/** What programs use of the engine, by how their sources name it. */
const SHARED = {
	core: 'library()',
	'core/inside': 'inside()',
	'zod/v4': '{ z: inside().zodParts }',
};

/**
 * What n8n never loads, and what may open files and ports as no node may: the library's door, the
 * endpoint for tests, the command line. Their names end in `.cjs`, so that the two are told apart.
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

/** Nothing that is in the engine is there once more. */
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

/** Where n8n looks for a class, by its name. */
async function writeDoor({ path, name }) {
	const file = join(ROOT, path);
	await mkdir(dirname(file), { recursive: true });
	const engine = relative(dirname(path), ENGINE);
	await writeFile(file, `exports.${name} = require('${engine}').${name}();\n`);
}

/** Its second line never runs: Node reads the names that `import` offers from it. */
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

/** What runs from the repository only, compiled into build/; its packages stay where they are. */
function bundleLocal() {
	const outdir = join(ROOT, 'build');
	const entries = { entryPoints: LOCAL, outdir, outbase: ROOT, packages: 'external' };
	return esbuild.build({ ...common, ...entries });
}

module.exports = { bundle, bundleLocal };
