import type {
	ArrayExpression,
	Expression,
	MemberExpression,
	ObjectExpression,
	Property,
	SpreadElement,
} from 'acorn';
import { isRecord } from '../isRecord';
import { isSchema } from './allowed';
import { later } from './lazily';
import { refuse } from './refuse';
import type { Scope } from './scope';

/** Spreads can double a list with each line. */
const LONGEST = 10_000;

export function readArray(node: ArrayExpression, scope: Scope): unknown[] {
	const list = node.elements.flatMap((element): unknown[] => {
		if (!element) return refuse(scope.source, node, 'a hole in a list');
		if (element.type !== 'SpreadElement') return [scope.evaluate(element, scope)];
		const spread = readSpread(element, scope);
		return Array.isArray(spread) ? Array.from<unknown>(spread) : noSpread(element, scope);
	});
	return list.length <= LONGEST ? list : refuse(scope.source, node, 'so long a list');
}

export function readObject(node: ObjectExpression, scope: Scope): Record<string, unknown> {
	const entries = node.properties.flatMap((property): Array<readonly [PropertyKey, unknown]> => {
		if (property.type !== 'SpreadElement') return [readProperty(property, scope)];
		const spread = readSpread(property, scope);
		return isRecord(spread) && !isSchema(spread)
			? Object.entries(spread)
			: noSpread(property, scope);
	});
	return Object.fromEntries(entries);
}

/** Of what has been read already: a list, an object, or the fields of a schema. */
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

/** zod 4 writes what refers to itself as a getter that returns a schema. */
function returnedBy({ value, ...property }: Property, { source }: Scope): Expression {
	const [only, ...others] = value.type === 'FunctionExpression' ? value.body.body : [];
	const isPlain = only?.type === 'ReturnStatement' && others.length === 0;
	const returned = isPlain ? only.argument : undefined;
	if (returned?.type === 'CallExpression' || returned?.type === 'Identifier') return returned;
	return refuse(source, property, 'a getter or a method');
}

/** What a schema tells of its parts. */
const PARTS = new Set(['shape', 'element', 'options', 'enum']);

/** `Base.shape`, `Base.shape.name`, `COLORS.red`. */
export function readMember(node: MemberExpression, scope: Scope): unknown {
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
