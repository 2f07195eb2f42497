const { join } = require('node:path');
const ts = require('typescript');

/**
 * The comments of the members of types as the sources have them: TypeScript loses them where it writes
 * down a type that is spread, mapped or left out of, such as a shape that comes from a table.
 */
function sourceComments(root, entry) {
	const { options } = ts.parseJsonConfigFileContent(
		ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config,
		ts.sys,
		root,
	);
	const program = ts.createProgram([entry], { ...options, noEmit: true });
	const checker = program.getTypeChecker();
	const exported = checker.getExportsOfModule(
		checker.getSymbolAtLocation(program.getSourceFile(entry)),
	);

	function memberIn(type, name) {
		if (type.isUnion()) {
			return type.types.map((one) => memberIn(one, name)).find((member) => member !== undefined);
		}
		if (checker.isArrayType(type)) return memberIn(checker.getTypeArguments(type)[0], name);
		return checker.getPropertyOfType(type, name);
	}

	function declared(name) {
		const symbol = exported.find((one) => one.name === name);
		if (symbol)
			return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
		const own = program.getSourceFiles().filter(({ fileName }) => !/node_modules/.test(fileName));
		const aliases = own.flatMap(({ statements }) =>
			statements.filter((node) => ts.isTypeAliasDeclaration(node) && node.name.text === name),
		);
		return aliases.length === 1 ? checker.getSymbolAtLocation(aliases[0].name) : undefined;
	}

	return {
		/** By what the library exports; of other types, the one with this name. */
		typeOf(name) {
			const symbol = declared(name);
			return symbol && checker.getDeclaredTypeOfSymbol(symbol);
		},
		/** Of a type, of any member of a union, or of the entries of a list. */
		memberOf(type, name) {
			const member = memberIn(type, name);
			if (!member) return undefined;
			const comment = ts.displayPartsToString(member.getDocumentationComment(checker));
			return { comment, type: checker.getTypeOfSymbol(member) };
		},
	};
}

module.exports = { sourceComments };
