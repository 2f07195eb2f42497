import type { BinaryExpression, Expression, UnaryExpression } from 'acorn';
import { call } from './call';
import { refuse } from './refuse';
import type { Readable, Scope } from './scope';
import { readArray, readMember, readObject } from './structures';

const DEEPEST = 64;
const LONGEST_TEXT = 100_000;

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
		case 'MemberExpression':
			return readMember(node, scope);
		case 'BinaryExpression':
			return readSum(node, scope);
		default:
			return refuse(scope.source, node, SPOKEN.get(node.type) ?? `a ${node.type}`);
	}
}

const SPOKEN = new Map([
	['ArrowFunctionExpression', 'a function'],
	['FunctionExpression', 'a function'],
	['AssignmentExpression', 'an assignment'],
	['NewExpression', '"new"'],
	['SequenceExpression', 'a comma between expressions'],
]);

function readLiteral(node: Extract<Expression, { type: 'Literal' }>, { source }: Scope): unknown {
	if (node.regex) return node.value ?? refuse(source, node, 'this regular expression');
	return typeof node.value === 'bigint' ? refuse(source, node, 'a BigInt') : node.value;
}

function readMinus(node: UnaryExpression, scope: Scope): number {
	const value = evaluate(node.argument, scope);
	if (typeof value === 'number' && node.operator === '-') return -value;
	if (typeof value === 'number' && node.operator === '+') return value;
	return refuse(scope.source, node, `the operator "${node.operator}"`);
}

/** Long texts are often written in pieces. */
function readSum(node: BinaryExpression, scope: Scope): string {
	const { left, right, operator } = node;
	if (operator !== '+' || left.type === 'PrivateIdentifier') {
		return refuse(scope.source, node, `the operator "${operator}"`);
	}
	const [before, after] = [evaluate(left, scope), evaluate(right, scope)];
	if (typeof before === 'string' && typeof after === 'string') {
		// Doubled some thirty times, a letter would fill any memory.
		const isShort = before.length + after.length <= LONGEST_TEXT;
		return isShort ? before + after : refuse(scope.source, node, 'so long a text');
	}
	return refuse(scope.source, node, 'a sum of anything but texts');
}

function readName({ name, start }: { name: string; start: number }, scope: Scope): unknown {
	if (name === 'undefined') return undefined;
	if (scope.names.has(name)) return scope.names.get(name);
	const instead = name === 'z' ? ' Call one of its builders, such as z.string().' : '';
	return refuse(scope.source, { start }, [`the name "${name}"`, instead]);
}
