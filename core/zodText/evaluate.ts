import type {
	ArrayExpression,
	ExportDefaultDeclaration,
	Expression,
	ObjectExpression,
	UnaryExpression,
} from 'acorn';
import { call } from './call';
import { refuse, type Source } from './refuse';

export interface Scope {
	source: Source;
	/** Values of the names declared so far. */
	names: Map<string, unknown>;
	depth: number;
	/** Schemas and their fields, those included that zod has copied. */
	parts: { made: number };
}

const DEEPEST = 64;

type Readable = Expression | ExportDefaultDeclaration['declaration'];

/**
 * The value of an expression, as far as schemas need expressions.
 * @throws TokenHubError `badConfig` for every other kind of expression, by name and position.
 */
export function evaluate(node: Readable, outer: Scope): unknown {
	const scope = { ...outer, depth: outer.depth + 1 };
	if (scope.depth > DEEPEST) return refuse(scope.source, node, `nesting deeper than ${DEEPEST}`);
	switch (node.type) {
		case 'Literal':
			return readLiteral(node, scope);
		case 'TemplateLiteral':
			if (node.expressions.length > 0)
				return refuse(scope.source, node, 'a value inside a template');
			return node.quasis[0]?.value.cooked ?? '';
		case 'UnaryExpression':
			return readMinus(node, scope);
		case 'ArrayExpression':
			return readArray(node, scope);
		case 'ObjectExpression':
			return readObject(node, scope);
		case 'Identifier':
			return readName(node, scope);
		case 'CallExpression':
			return call(node, scope);
		default:
			return refuse(scope.source, node, SPOKEN.get(node.type) ?? `a ${node.type}`);
	}
}

const SPOKEN = new Map([
	['ArrowFunctionExpression', 'a function'],
	['FunctionExpression', 'a function'],
	['AssignmentExpression', 'an assignment'],
	['NewExpression', '"new"'],
	['MemberExpression', 'a member that is not called'],
	['SequenceExpression', 'a comma between expressions'],
]);

function readLiteral(node: Extract<Expression, { type: 'Literal' }>, { source }: Scope): unknown {
	if (node.regex) return node.value ?? refuse(source, node, 'this regular expression');
	return typeof node.value === 'bigint' ? refuse(source, node, 'a BigInt') : node.value;
}

function readMinus(node: UnaryExpression, scope: Scope): number {
	const value = evaluate(node.argument, scope);
	if (node.operator === '-' && typeof value === 'number') return -value;
	return refuse(scope.source, node, `the operator "${node.operator}"`);
}

function readArray(node: ArrayExpression, scope: Scope): unknown[] {
	return node.elements.map((element) => {
		if (!element) return refuse(scope.source, node, 'a hole in a list');
		if (element.type === 'SpreadElement') return refuse(scope.source, element, 'a spread');
		return evaluate(element, scope);
	});
}

function readObject(node: ObjectExpression, scope: Scope): Record<string, unknown> {
	const entries = node.properties.map((property) => {
		if (property.type === 'SpreadElement') return refuse(scope.source, property, 'a spread');
		const { key, computed, kind, method, value } = property;
		if (kind !== 'init' || method) return refuse(scope.source, property, 'a getter or a method');
		if (computed) return refuse(scope.source, key, 'a computed key');
		const name =
			key.type === 'Identifier' ? key.name : key.type === 'Literal' ? key.value : undefined;
		if (typeof name !== 'string' && typeof name !== 'number') {
			return refuse(scope.source, key, 'this key');
		}
		if (name === '__proto__') return refuse(scope.source, key, 'the key "__proto__"');
		return [name, evaluate(value, scope)] as const;
	});
	return Object.fromEntries(entries);
}

function readName({ name, start }: { name: string; start: number }, scope: Scope): unknown {
	if (name === 'undefined') return undefined;
	if (scope.names.has(name)) return scope.names.get(name);
	const instead = name === 'z' ? ' Call one of its builders, such as z.string().' : '';
	return refuse(scope.source, { start }, [`the name "${name}"`, instead]);
}
