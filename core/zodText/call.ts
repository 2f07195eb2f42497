import type { CallExpression, Expression, MemberExpression } from 'acorn';
import { z } from 'zod/v4';
import { TokenHubError } from '../errors';
import { isRecord } from '../lib/isRecord';
import { nearestName } from '../lib/names';
import {
	BUILDERS,
	ISO_BUILDERS,
	isSchema,
	METHODS,
	REASONS,
	SYNONYMS,
	refuse,
	type Scope,
} from './allowed';

/** A call of a zod builder, or of a method of a schema: the only calls there are. */
export function call(node: CallExpression, scope: Scope): z.ZodType {
	const { callee } = node;
	if (callee.type !== 'MemberExpression') return refuse(scope.source, callee, 'this call');
	const { owner, names, path } = target(callee, scope);
	const name = memberName(callee, scope);
	const named = owner === z && name === 'lazy' ? lazily(node, scope) : undefined;
	if (named) return named;
	if (!names.has(name)) return unknownMember(callee, { name, names, path, owner }, scope);
	const args = node.arguments.map((argument) => {
		if (argument.type === 'SpreadElement') return refuse(scope.source, argument, 'a spread');
		return scope.evaluate(argument, scope);
	});
	return build(
		{ owner, name, args: inZod4(path + name, args), node: callee.property, path },
		scope,
	);
}

interface Target {
	owner: object;
	names: ReadonlySet<string>;
	path: string;
}

function target({ object }: MemberExpression, scope: Scope): Target {
	if (isZod(object, scope)) return { owner: z, names: BUILDERS, path: 'z.' };
	const isIso = object.type === 'MemberExpression' && isZod(object.object, scope);
	if (isIso && memberName(object, scope) === 'iso') {
		return { owner: z.iso, names: ISO_BUILDERS, path: 'z.iso.' };
	}
	if (isIso) {
		const name = memberName(object, scope);
		return unknownMember(object, { name, names: BUILDERS, path: 'z.', owner: z }, scope);
	}
	if (object.type === 'Super') return refuse(scope.source, object, '"super"');
	const owner = scope.evaluate(object, scope);
	if (isSchema(owner)) return { owner, names: METHODS, path: '.' };
	return refuse(scope.source, object, 'a method of something that is not a schema');
}

function isZod(node: { type: string; name?: string }, { names, zodNames }: Scope): boolean {
	if (node.type !== 'Identifier' || node.name === undefined) return false;
	return zodNames.has(node.name) && !names.has(node.name);
}

/** zod 3 writes `z.record(z.number())` for any names. */
function inZod4(label: string, args: unknown[]): unknown[] {
	return label === 'z.record' && args.length === 1 ? [z.string(), ...args] : args;
}

function memberName({ property, computed }: MemberExpression, { source }: Scope): string {
	if (computed || property.type !== 'Identifier')
		return refuse(source, property, 'a computed member');
	return property.name;
}

interface Unknown {
	name: string;
	names: ReadonlySet<string>;
	path: string;
	owner: object;
}

function unknownMember(
	{ property }: MemberExpression,
	{ name, names, path, owner }: Unknown,
	{ source }: Scope,
): never {
	// Only names that this schema has and that begin alike can be meant.
	const known = [...names].filter((other) => other in owner && other[0] === name[0]);
	const synonym = SYNONYMS.get(name);
	const [root = ''] = synonym?.split('.') ?? [];
	const nearest = synonym !== undefined && root in owner ? synonym : nearestName(name, known);
	const guess = nearest === undefined ? '' : ` Did you mean "${path}${nearest}"?`;
	const method = [name, synonym ?? ''].find((other) => METHODS.has(other));
	const isMethod = path === 'z.' && guess === '' && method !== undefined;
	const reason = isMethod ? ` It is a method, as in z.string().${method}(…).` : guess;
	return refuse(source, property, [`"${path}${name}"`, REASONS.get(name) ?? reason]);
}

interface Built {
	owner: object;
	name: string;
	args: unknown[];
	node: Expression | MemberExpression['property'];
	path: string;
}

/** zod itself validates the arguments; its error is reported with the place. */
function build({ owner, name, args, node, path }: Built, scope: Scope): z.ZodType {
	const member: unknown = Reflect.get(owner, name);
	const label = `"${path}${name}"`;
	if (typeof member !== 'function')
		return refuse(scope.source, node, [label, ' This type has no such method.']);
	checkArguments({ name, args, node, path }, scope);
	try {
		const made: unknown = Reflect.apply(member, owner, args);
		if (isSchema(made)) return counted(made, node, scope);
	} catch (error) {
		if (error instanceof TokenHubError) throw error;
		const reason = error instanceof Error ? ` ${error.message}` : '';
		return refuse(scope.source, node, [`this use of ${label}`, reason]);
	}
	return refuse(scope.source, node, `this use of ${label}`);
}

/** zod takes a few microseconds for each, and copies all fields of an object to change one. */
const MOST_PARTS = 10_000;

function counted(made: z.ZodType, node: Built['node'], { source, parts }: Scope): z.ZodType {
	const shape: unknown = Reflect.get(made, 'shape');
	parts.made += 1 + (isRecord(shape) ? Object.keys(shape).length : 0);
	if (parts.made <= MOST_PARTS) return made;
	return refuse(source, node, `a schema of more than ${MOST_PARTS} parts`);
}

const OF_NUMBER = new Set('min max length multipleOf gt gte lt lte'.split(' '));
const OF_SCHEMA = new Set(
	'array optional nullable nullish or and catchall merge record intersection readonly keyof'.split(
		' ',
	),
);
const OF_SCHEMAS = new Set(['tuple', 'union']);
const OF_SHAPE = new Set('object strictObject looseObject extend'.split(' '));

/** zod silently builds `z.string().min("x")`: such mistakes are caught before. */
function checkArguments({ name, args, node, path }: Omit<Built, 'owner'>, { source }: Scope): void {
	const [first] = args;
	const label = `this use of "${path}${name}"`;
	const wantsSchema = OF_SCHEMA.has(name) && (path === 'z.' || first !== undefined);
	if (wantsSchema && !isSchema(first)) refuse(source, node, [label, ' It takes a schema.']);
	if (path === 'z.' && OF_SCHEMAS.has(name) && !(Array.isArray(first) && first.every(isSchema)))
		refuse(source, node, [label, ' It takes a list of schemas.']);
	if (OF_NUMBER.has(name) && typeof first !== 'number')
		refuse(source, node, [label, ' It takes a number.']);
	if (!OF_SHAPE.has(name) || first === undefined) return;
	const shape = typeof first === 'object' && first !== null ? Object.values(first) : [undefined];
	if (!shape.every(isSchema))
		refuse(source, node, [label, ' Each of its values must be a schema.']);
}

/** `z.lazy(() => Node)`: a schema by a name that may be declared later. Other functions are refused. */
function lazily({ arguments: args }: CallExpression, scope: Scope): z.ZodType | undefined {
	const [getter, ...others] = args;
	if (getter?.type !== 'ArrowFunctionExpression' || others.length > 0) return undefined;
	const { params, body } = getter;
	if (params.length > 0 || body.type === 'BlockStatement') return undefined;
	return namesSomething(body, scope) ? later(body, scope) : undefined;
}

/** Whether it contains a name other than zod's: only then is there a reason to wait. */
function namesSomething(node: unknown, scope: Scope): boolean {
	if (Array.isArray(node)) return node.some((inner) => namesSomething(inner, scope));
	if (!isRecord(node)) return false;
	if (node.type === 'Identifier') return !scope.zodNames.has(String(node.name));
	const { object, callee, arguments: args, elements } = node;
	return [object, callee, args, elements].some((inner) => namesSomething(inner, scope));
}

/** The schema of an expression that is evaluated once all names are known. */
export function later(node: Expression, scope: Scope): z.ZodType {
	let made: z.ZodType | undefined;
	const read = (): z.ZodType => {
		const value = made ?? scope.evaluate(node, scope);
		made = isSchema(value) ? value : refuse(scope.source, node, 'something that is not a schema');
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
