const { transpileModule, ModuleKind, ScriptTarget } = require('typescript');

/** Modules of packages that jest would have to load as ES modules, as CommonJS. */
module.exports = {
	process(source, file) {
		const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
		const own = source.replaceAll('import.meta.url', JSON.stringify(`file://${file}`));
		return { code: transpileModule(own, { compilerOptions }).outputText };
	},
};
