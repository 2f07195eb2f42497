const { join } = require('node:path');
const ts = require('typescript');
const { sourceComments } = require('./sourceComments');

/**
 * Writes out every type that is derived from a zod schema, with its comments: readers see plain types,
 * and their projects do not need zod.
 * @param text the declarations in one file
 * @param root a folder from which zod can be found
 * @param entry the source file of the declarations
 */
function withoutZod(text, root, entry) {
	const path = join(root, 'dist', 'flat.d.ts');
	const { checker, file } = compile(path, text, root);
	const derived = file.statements.filter(
		(node) => ts.isTypeAliasDeclaration(node) && isZods(node.type),
	);
	const write = writer({ checker, file, derived, comments: sourceComments(root, entry) });
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
/** Whether this is a constant zod schema. None of them is exported by the library. */
const isSchema = (node) =>
	ts.isVariableStatement(node) &&
	node.declarationList.declarations.every(({ type }) => type && /\bz\.Zod/.test(type.getText()));

/** Drops schemas and the types that refer to them, except for the types written out. */
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

/** Writes out a derived alias; types that have a name are referred to by it. */
function writer({ checker, file, derived, comments }) {
	const typeOf = (node) => checker.getTypeAtLocation(node.name);
	const names = new Map();
	const plain = (type) => checker.typeToString(type, file, ts.TypeFormatFlags.NoTruncation);
	const isOfFile = (symbol) => symbol?.declarations?.some((node) => node.getSourceFile() === file);

	/** @param source The same type in the sources. */
	function textOf(type, source) {
		if (isOfFile(type.aliasSymbol)) return plain(type);
		return names.get(shapeOf(type)) ?? shapeOf(type, source);
	}
	function shapeOf(type, source) {
		if (type.isUnion() && !(type.flags & ts.TypeFlags.Boolean)) return unionText(type, source);
		if (checker.isArrayType(type)) {
			return `Array<${textOf(checker.getTypeArguments(type)[0], source)}>`;
		}
		const memberText = (type) =>
			type.isUnion() ? `(${textOf(type, source)})` : textOf(type, source);
		if (type.isIntersection()) return type.types.map(memberText).join(' & ');
		return isPlainObject(type) ? objectText(type, source) : plain(type);
	}
	/** TypeScript represents `boolean` as two members of a union. */
	function unionText({ types }, source) {
		const halves = types.filter((type) => type.flags & ts.TypeFlags.BooleanLiteral);
		const isHalf = (type) => halves.length === 2 && halves.includes(type);
		const texts = types.map((type) => (isHalf(type) ? 'boolean' : textOf(type, source)));
		return [...new Set(texts)].join(' | ');
	}
	function objectText(type, source) {
		const texts = type.getProperties().map((property) => propertyText(property, source));
		const others = type.getStringIndexType();
		if (others) texts.push(`[key: string]: ${textOf(others)};`);
		return `{\n${texts.join('\n')}\n}`;
	}
	function propertyText(property, source) {
		const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
		const inSource = source && comments.memberOf(source, property.name);
		const type = textOf(checker.getTypeOfSymbol(property), inSource?.type);
		const value = isOptional ? type.replace(/ \| undefined$|^undefined \| /, '') : type;
		const own = ts.displayPartsToString(property.getDocumentationComment(checker));
		const doc = own || inSource?.comment;
		const comment = doc ? `/** ${doc.replace(/\n/g, ' ')} */\n` : '';
		return `${comment}${property.name}${isOptional ? '?' : ''}: ${value};`;
	}

	for (const node of derived) names.set(shapeOf(typeOf(node)), node.name.text);
	return (node) => {
		const head = file.text.slice(node.getFullStart(), node.type.getStart()).trimStart();
		return `${head}${shapeOf(typeOf(node), comments.typeOf(node.name.text))};`;
	};
}

/** Whether the type is written as `{ … }`: not a function, a record, or a type with a name. */
function isPlainObject(type) {
	const isNameless = ['__type', '__object'].includes(type.symbol?.name);
	const isRecord = type.getStringIndexType() && type.getProperties().length === 0;
	return isNameless && type.getCallSignatures().length === 0 && !isRecord;
}

module.exports = { withoutZod };
