import type { CallExpression, Expression } from 'acorn';
import { z } from 'zod/v4';
import { isRecord } from '../isRecord';
import { isSchema } from './allowed';
import { refuse } from './refuse';
import type { Scope } from './scope';

/** `z.lazy(() => Node)`: a schema by a name that may be declared later. Other functions are refused. */
export function lazily({ arguments: args }: CallExpression, scope: Scope): z.ZodType | undefined {
	const [getter, ...others] = args;
	if (getter?.type !== 'ArrowFunctionExpression' || others.length > 0) return undefined;
	const { params, body } = getter;
	if (params.length > 0 || body.type === 'BlockStatement') return undefined;
	return namesSomething(body, scope) ? later(body, scope) : undefined;
}

/** Whether a name other than zod's stands in it: only then is there a reason to wait. */
function namesSomething(node: unknown, scope: Scope): boolean {
	if (Array.isArray(node)) return node.some((inner) => namesSomething(inner, scope));
	if (!isRecord(node)) return false;
	if (node.type === 'Identifier') return !scope.zodNames.has(String(node.name));
	const { object, callee, arguments: args, elements } = node;
	return [object, callee, args, elements].some((inner) => namesSomething(inner, scope));
}

/** The schema of an expression that is read when all names are known. */
export function later(node: Expression, scope: Scope): z.ZodType {
	let made: z.ZodType | undefined;
	const read = (): z.ZodType => {
		const value = made ?? scope.evaluate(node, scope);
		made = isSchema(value) ? value : refuse(scope.source, node, 'what is no schema');
		return made;
	};
	scope.pending.push(read);
	return z.lazy(read);
}

/**
 * A schema that leads back to itself without a step into the value would never end.
 * @throws TokenHubError `badConfig`
 */
export function assertEnds(schema: z.ZodType, { source, pending }: Scope): void {
	// The list may grow while it is read.
	for (const read of pending) read();
	if (pending.length === 0) return;
	try {
		schema.safeParse({});
		z.toJSONSchema(schema, { io: 'input' });
	} catch (thrown) {
		if (!(thrown instanceof RangeError)) return;
		refuse(source, { start: 0 }, 'a schema that leads back to itself');
	}
}
