import type { ImportDeclaration, ModuleDeclaration, Statement } from 'acorn';
import type { z } from 'zod/v4';
import { syncDoor } from '../door';
import { TokenHubError } from '../errors';
import { remembered } from '../lib/perObject';
import { evaluate } from './evaluate';
import { assertEnds } from './call';
import { parseText } from './parseText';
import { isSchema, refuse, type Source, type Scope } from './allowed';

/**
 * A zod schema from its source text, such as `z.object({ city: z.string() })`. The text is parsed and
 * read, never run: only the schema-building part of zod is known here. `const` helpers and an import of
 * zod may come before the schema.
 * @throws TokenHubError `badConfig` that names what is refused, with line and column.
 */
export function zodFromText(text: string, name = 'The zod schema'): z.ZodType {
	return syncDoor(() => schemas(text, () => readSchema(text, name)));
}

/** The items of a run mostly share one text. */
const schemas = remembered<z.ZodType>();

function readSchema(text: string, name: string): z.ZodType {
	const source: Source = { name, text };
	const scope: Scope = {
		...{ source, evaluate, names: new Map(), depth: 0 },
		...{ zodNames: new Set(['z']), pending: [], parts: { made: 0 } },
	};
	let result: z.ZodType | undefined;
	for (const statement of parseText(source)) {
		const value = read(statement, scope);
		if (isSchema(value)) result = value;
	}
	if (result) {
		assertEnds(result, scope);
		return result;
	}
	throw new TokenHubError('badConfig', `${name} holds no schema.`, {
		hint: 'Write one zod expression, such as z.object({ name: z.string() }).',
	});
}

/** The value of a statement; for a declaration, that of the last declared name. */
function read(statement: Statement | ModuleDeclaration, scope: Scope): unknown {
	switch (statement.type) {
		case 'ImportDeclaration':
			return readImport(statement, scope);
		case 'ExpressionStatement':
			return evaluate(statement.expression, scope);
		case 'ExportDefaultDeclaration':
			return evaluate(statement.declaration, scope);
		case 'ExportNamedDeclaration':
			return statement.declaration ? read(statement.declaration, scope) : undefined;
		case 'VariableDeclaration':
			return statement.declarations.map((one) => declare(one, scope)).at(-1);
		case 'EmptyStatement':
			return undefined;
		default:
			return refuse(scope.source, statement, `a ${statement.type}`);
	}
}

/** zod has an entry point for each of its versions; "mini" has other methods. */
const ZOD = /^zod(\/(v3|v4))?$/;

function readImport(
	{ source, specifiers }: ImportDeclaration,
	{ zodNames, ...scope }: Scope,
): void {
	if (!ZOD.test(String(source.value))) {
		refuse(scope.source, source, 'an import of anything but zod');
	}
	for (const { local } of specifiers) zodNames.add(local.name);
}

/** `const { z } = require("zod")`, with the names that it declares. */
function requiredZod({ id, init }: Declarator): string[] {
	const isCall = init?.type === 'CallExpression' && init.callee.type === 'Identifier';
	const [name] = init?.type === 'CallExpression' ? init.arguments : [];
	const isZod = name?.type === 'Literal' && ZOD.test(String(name.value));
	if (!isCall || init.callee.type !== 'Identifier' || init.callee.name !== 'require') return [];
	if (!isZod) return [];
	if (id.type === 'Identifier') return [id.name];
	return id.type === 'ObjectPattern' ? ['z'] : [];
}

type Declarator = Extract<Statement, { type: 'VariableDeclaration' }>['declarations'][number];

function declare(declarator: Declarator, scope: Scope): unknown {
	const { id, init } = declarator;
	const zodNames = requiredZod(declarator);
	for (const name of zodNames) scope.zodNames.add(name);
	if (zodNames.length > 0) return undefined;
	if (id.type !== 'Identifier' || !init) return refuse(scope.source, id, 'this declaration');
	const value = evaluate(init, scope);
	scope.names.set(id.name, value);
	return value;
}
