const { join } = require('node:path');
const ts = require('typescript');

/**
 * The comments of members of types, taken from the sources: TypeScript loses them if it writes out a
 * type that was spread, mapped or made with Omit, such as an object made from a table.
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
		/**
		 * The library's export of this name; for types that are not exported, the only one with this name.
		 */
		typeOf(name) {
			const symbol = declared(name);
			return symbol && checker.getDeclaredTypeOfSymbol(symbol);
		},
		/** A member of a type, of any member of a union, or of the entries of a list. */
		memberOf(type, name) {
			const member = memberIn(type, name);
			if (!member) return undefined;
			const comment = ts.displayPartsToString(member.getDocumentationComment(checker));
			return { comment, type: checker.getTypeOfSymbol(member) };
		},
	};
}

module.exports = { sourceComments };
