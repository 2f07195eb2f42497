import type {
	BinaryExpression,
	Expression,
	UnaryExpression,
	ArrayExpression,
	MemberExpression,
	ObjectExpression,
	Property,
	SpreadElement,
} from 'acorn';
import { isRecord } from '../lib/isRecord';
import { isSchema, refuse, type Readable, type Scope } from './allowed';
import { call, later } from './call';

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
		// Doubled some thirty times, one letter would fill any memory.
		const isShort = before.length + after.length <= LONGEST_TEXT;
		return isShort ? before + after : refuse(scope.source, node, 'a text of this length');
	}
	return refuse(scope.source, node, 'adding anything but texts');
}

function readName({ name, start }: { name: string; start: number }, scope: Scope): unknown {
	if (name === 'undefined') return undefined;
	if (scope.names.has(name)) return scope.names.get(name);
	const instead = name === 'z' ? ' Call one of its builders, such as z.string().' : '';
	return refuse(scope.source, { start }, [`the name "${name}"`, instead]);
}

/** Spreads can double a list on each line. */
const LONGEST = 10_000;

function readArray(node: ArrayExpression, scope: Scope): unknown[] {
	const list = node.elements.flatMap((element): unknown[] => {
		if (!element) return refuse(scope.source, node, 'a hole in a list');
		if (element.type !== 'SpreadElement') return [scope.evaluate(element, scope)];
		const spread = readSpread(element, scope);
		return Array.isArray(spread) ? Array.from<unknown>(spread) : noSpread(element, scope);
	});
	return list.length <= LONGEST ? list : refuse(scope.source, node, 'a list of this length');
}

function readObject(node: ObjectExpression, scope: Scope): Record<string, unknown> {
	const entries = node.properties.flatMap((property): Array<readonly [PropertyKey, unknown]> => {
		if (property.type !== 'SpreadElement') return [readProperty(property, scope)];
		const spread = readSpread(property, scope);
		return isRecord(spread) && !isSchema(spread)
			? Object.entries(spread)
			: noSpread(property, scope);
	});
	return Object.fromEntries(entries);
}

/** Only values that have been read already: a list, an object, or the fields of a schema. */
function readSpread({ argument }: SpreadElement, scope: Scope): unknown {
	const isKnown = argument.type === 'Identifier' && scope.names.has(argument.name);
	const isRead =
		isKnown || ['MemberExpression', 'ArrayExpression', 'ObjectExpression'].includes(argument.type);
	return isRead ? scope.evaluate(argument, scope) : undefined;
}

function noSpread(node: SpreadElement, { source }: Scope): never {
	return refuse(source, node, ['a spread', ' Spread the fields of a schema, as in ...Base.shape.']);
}

function readProperty(property: Property, scope: Scope): readonly [string | number, unknown] {
	const { key, computed, kind, method, value } = property;
	if (kind === 'set' || method) return refuse(scope.source, property, 'a getter or a method');
	if (computed) return refuse(scope.source, key, 'a computed key');
	const name =
		key.type === 'Identifier' ? key.name : key.type === 'Literal' ? key.value : undefined;
	if (typeof name !== 'string' && typeof name !== 'number') {
		return refuse(scope.source, key, 'this key');
	}
	if (name === '__proto__') return refuse(scope.source, key, 'the key "__proto__"');
	if (kind === 'init') return [name, scope.evaluate(value, scope)];
	return [name, later(returnedBy(property, scope), scope)];
}

/** zod 4 expresses a self-reference as a getter that returns a schema. */
function returnedBy({ value, ...property }: Property, { source }: Scope): Expression {
	const [only, ...others] = value.type === 'FunctionExpression' ? value.body.body : [];
	const isPlain = only?.type === 'ReturnStatement' && others.length === 0;
	const returned = isPlain ? only.argument : undefined;
	if (returned?.type === 'CallExpression' || returned?.type === 'Identifier') return returned;
	return refuse(source, property, 'a getter or a method');
}

/** The members of a schema that give its parts. */
const PARTS = new Set(['shape', 'element', 'options', 'enum']);

/** `Base.shape`, `Base.shape.name`, `COLORS.red`. */
function readMember(node: MemberExpression, scope: Scope): unknown {
	const { object, property, computed } = node;
	if (computed || property.type !== 'Identifier' || object.type === 'Super') {
		return refuse(scope.source, property, 'a computed member');
	}
	const isZod = object.type === 'Identifier' && !scope.names.has(object.name);
	if (isZod) return refuse(scope.source, node, 'a member that is not called');
	const owner = scope.evaluate(object, scope);
	const has = isSchema(owner)
		? PARTS.has(property.name) && property.name in owner
		: isRecord(owner) && Object.hasOwn(owner, property.name);
	if (has && isRecord(owner)) return owner[property.name];
	return refuse(scope.source, node, 'a member that is not called');
}
