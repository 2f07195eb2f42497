import type { ModuleDeclaration, Statement } from 'acorn';
import type { z } from 'zod/v4';
import { syncDoor } from '../door';
import { TokenHubError } from '../errors';
import { remembered } from '../remembered';
import { evaluate, type Scope } from './evaluate';
import { parseText } from './parseText';
import { isSchema } from './allowed';
import { refuse, type Source } from './refuse';

/**
 * A zod schema from the text of one, such as `z.object({ city: z.string() })`. The text is parsed
 * and read, never run: only the schema-building part of zod is known here. `const` helpers and an
 * import of zod may come before the schema.
 * @throws TokenHubError `badConfig` that names what is refused, with line and column.
 */
export function zodFromText(text: string, name = 'The zod schema'): z.ZodType {
	return syncDoor(() => schemas(text, () => readSchema(text, name)));
}

/** The items of a run mostly share one text. */
const schemas = remembered<z.ZodType>();

function readSchema(text: string, name: string): z.ZodType {
	const source: Source = { name, text };
	const scope: Scope = { source, names: new Map(), depth: 0, parts: { made: 0 } };
	let result: unknown;
	for (const statement of parseText(source)) result = read(statement, scope) ?? result;
	if (isSchema(result)) return result;
	throw new TokenHubError('badConfig', `${name} holds no schema.`, {
		hint: 'Write one zod expression, such as z.object({ name: z.string() }).',
	});
}

/** The value of a statement; of a declaration, that of the last name declared. */
function read(statement: Statement | ModuleDeclaration, scope: Scope): unknown {
	switch (statement.type) {
		case 'ImportDeclaration':
			if (statement.source.value === 'zod') return undefined;
			return refuse(scope.source, statement, 'an import of anything but zod');
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

type Declarator = Extract<Statement, { type: 'VariableDeclaration' }>['declarations'][number];

function declare({ id, init }: Declarator, scope: Scope): unknown {
	if (id.type !== 'Identifier' || !init) return refuse(scope.source, id, 'this declaration');
	const value = evaluate(init, scope);
	scope.names.set(id.name, value);
	return value;
}
