const { join } = require('node:path');
const ts = require('typescript');

/**
 * Declarations with every type that is derived from a zod schema written out, comments included:
 * readers see plain types, and their project needs no zod.
 * @param text declarations in one file @param root a folder from which zod is found
 */
function withoutZod(text, root) {
	const path = join(root, 'dist', 'flat.d.ts');
	const { checker, file } = compile(path, text, root);
	const derived = file.statements.filter(
		(node) => ts.isTypeAliasDeclaration(node) && isZods(node.type),
	);
	const write = writer(checker, file, derived);
	const isLeft = withoutTheirs(file, derived);
	return file.statements
		.filter((node) => !isZodImport(node) && isLeft(node))
		.map((node) => (derived.includes(node) ? write(node) : node.getFullText(file).trimStart()))
		.join('\n');
}

function compile(path, text, root) {
	const options = {
		module: ts.ModuleKind.NodeNext,
		target: ts.ScriptTarget.ES2023,
		strict: true,
		typeRoots: [join(root, 'node_modules', '@types')],
		types: ['node'],
	};
	const host = ts.createCompilerHost(options);
	const { getSourceFile, fileExists, readFile } = host;
	host.fileExists = (name) => name === path || fileExists(name);
	host.readFile = (name) => (name === path ? text : readFile(name));
	host.getSourceFile = (name, ...rest) =>
		name === path ? ts.createSourceFile(name, text, rest[0], true) : getSourceFile(name, ...rest);
	const program = ts.createProgram([path], options, host);
	return { checker: program.getTypeChecker(), file: program.getSourceFile(path) };
}

const isZods = (node) => /\bz\.(?:input|output|infer)</.test(node.getText());
const isZodImport = (node) => ts.isImportDeclaration(node) && /['"]zod/.test(node.getText());
/** A constant that is a zod schema; those that the library exports are none. */
const isSchema = (node) =>
	ts.isVariableStatement(node) &&
	node.declarationList.declarations.every(({ type }) => type && /\bz\.Zod/.test(type.getText()));

/** Neither schemas nor what is said by them, but for what is written out. */
function withoutTheirs(file, derived) {
	const gone = new Set();
	const isTheirs = (node) =>
		isSchema(node) ||
		(ts.isTypeAliasDeclaration(node) &&
			!derived.includes(node) &&
			(node.type.getText().match(/\w+/g) ?? []).some((name) => gone.has(name)));
	for (const node of file.statements) {
		if (!isTheirs(node)) continue;
		const named = ts.isVariableStatement(node) ? node.declarationList.declarations : [node];
		for (const { name } of named) gone.add(name.getText());
	}
	return (node) => !isTheirs(node);
}

/** Writes a derived alias out; what has a name of its own is called by it. */
function writer(checker, file, derived) {
	const typeOf = (node) => checker.getTypeAtLocation(node.name);
	const names = new Map();
	const plain = (type) => checker.typeToString(type, file, ts.TypeFormatFlags.NoTruncation);
	const isOfFile = (symbol) => symbol?.declarations?.some((node) => node.getSourceFile() === file);

	function textOf(type) {
		if (isOfFile(type.aliasSymbol)) return plain(type);
		return names.get(shapeOf(type)) ?? shapeOf(type);
	}
	function shapeOf(type) {
		if (type.isUnion() && !(type.flags & ts.TypeFlags.Boolean)) return unionText(type);
		if (checker.isArrayType(type)) return `Array<${textOf(checker.getTypeArguments(type)[0])}>`;
		if (type.isIntersection()) return type.types.map(memberText).join(' & ');
		return isPlainObject(type) ? objectText(type) : plain(type);
	}
	const memberText = (type) => (type.isUnion() ? `(${textOf(type)})` : textOf(type));
	/** TypeScript has `boolean` as two members of a union. */
	function unionText({ types }) {
		const halves = types.filter((type) => type.flags & ts.TypeFlags.BooleanLiteral);
		const isHalf = (type) => halves.length === 2 && halves.includes(type);
		const texts = types.map((type) => (isHalf(type) ? 'boolean' : textOf(type)));
		return [...new Set(texts)].join(' | ');
	}
	function objectText(type) {
		return `{\n${type.getProperties().map(propertyText).join('\n')}\n}`;
	}
	function propertyText(property) {
		const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
		const type = checker.getTypeOfSymbol(property);
		const value = isOptional
			? textOf(type).replace(/ \| undefined$|^undefined \| /, '')
			: textOf(type);
		const doc = ts.displayPartsToString(property.getDocumentationComment(checker));
		const comment = doc ? `/** ${doc.replace(/\n/g, ' ')} */\n` : '';
		return `${comment}${property.name}${isOptional ? '?' : ''}: ${value};`;
	}

	for (const node of derived) names.set(shapeOf(typeOf(node)), node.name.text);
	return (node) => {
		const head = file.text.slice(node.getFullStart(), node.type.getStart()).trimStart();
		return `${head}${shapeOf(typeOf(node))};`;
	};
}

/** Written as `{ … }`: no function, no record, nothing that has a name. */
function isPlainObject(type) {
	const isNameless = ['__type', '__object'].includes(type.symbol?.name);
	return isNameless && type.getCallSignatures().length === 0 && !type.getStringIndexType();
}

module.exports = { withoutZod };
