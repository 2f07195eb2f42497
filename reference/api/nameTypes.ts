import {
	ArrayType,
	DeclarationReflection,
	IndexedAccessType,
	IntersectionType,
	type ProjectReflection,
	QueryType,
	ReferenceType,
	ReflectionType,
	type SomeType,
	TupleType,
	TypeOperatorType,
	UnionType,
} from 'typedoc';

/**
 * Types derived from zod schemas are spelled out where they are used. Those that the library exports
 * under a name are shown by that name.
 */
export function nameTypes(project: ProjectReflection): void {
	const named = new Map<string, DeclarationReflection>();
	for (const own of project.children ?? []) {
		const shape = own.type ? shapeOf(own.type) : own.children && shapeOfMembers(own.children);
		for (const form of shape === undefined ? [] : [shape, withoutMarks(shape)]) {
			if (!named.has(form)) named.set(form, own);
		}
	}
	const nameOf = (type: SomeType): SomeType => {
		const shape = type instanceof ReferenceType ? '' : shapeOf(type);
		const own = named.get(shape) ?? named.get(withoutMarks(shape));
		if (own) return ReferenceType.createResolvedReference(own.name, own, project);
		return withParts(type, nameOf);
	};
	for (const own of project.children ?? []) {
		if (own.type) own.type = withParts(own.type, nameOf);
		nameMembers(own, nameOf);
	}
}

/** An input type may lack what has a default: it is shown by the same name. */
const withoutMarks = (shape: string) => shape.replaceAll('?:', ':');

type Rename = (type: SomeType) => SomeType;

function nameMembers(own: DeclarationReflection, nameOf: Rename): void {
	for (const member of own.children ?? []) {
		if (member.type) member.type = nameOf(member.type);
		nameMembers(member, nameOf);
	}
	for (const signature of own.signatures ?? []) {
		if (signature.type) signature.type = nameOf(signature.type);
		for (const parameter of signature.parameters ?? []) {
			if (parameter.type) parameter.type = nameOf(parameter.type);
		}
	}
}

function withParts(type: SomeType, nameOf: Rename): SomeType {
	if (type instanceof ArrayType) return new ArrayType(nameOf(type.elementType));
	if (type instanceof UnionType) return new UnionType(type.types.map(nameOf));
	if (type instanceof IntersectionType) return new IntersectionType(type.types.map(nameOf));
	if (type instanceof ReferenceType) type.typeArguments = type.typeArguments?.map(nameOf);
	if (type instanceof ReflectionType) nameMembers(type.declaration, nameOf);
	return type;
}

const known = new WeakMap<SomeType, string>();

/** A type with all names of the library spelled out: equal types have the same shape. */
function shapeOf(type: SomeType, depth = 0): string {
	const shape = known.get(type) ?? spellOut(type, depth);
	known.set(type, shape);
	return shape;
}

function spellOut(type: SomeType, depth: number): string {
	// A type may refer to itself.
	if (depth > 40) return type.toString();
	const inner = (part: SomeType) => shapeOf(part, depth + 1);
	if (type instanceof ArrayType) return `${inner(type.elementType)}[]`;
	if (type instanceof UnionType) return `(${type.types.map(inner).toSorted().join('|')})`;
	if (type instanceof ReflectionType) {
		const { children, signatures } = type.declaration;
		return children && !signatures ? shapeOfMembers(children, depth + 1) : type.toString();
	}
	if (type instanceof IndexedAccessType) return shapeOfEntries(type) ?? type.toString();
	return type instanceof ReferenceType ? shapeOfNamed(type, depth) : type.toString();
}

/** `(typeof LIST)[number]` is one of the list's entries. */
function shapeOfEntries({ objectType }: IndexedAccessType): string | undefined {
	if (!(objectType instanceof QueryType)) return undefined;
	const { reflection } = objectType.queryType;
	const list = reflection instanceof DeclarationReflection ? reflection.type : undefined;
	const tuple = list instanceof TypeOperatorType ? list.target : list;
	if (!(tuple instanceof TupleType)) return undefined;
	return `(${tuple.elements.map(String).toSorted().join('|')})`;
}

function shapeOfNamed(type: ReferenceType, depth: number): string {
	const { reflection } = type;
	if (!(reflection instanceof DeclarationReflection)) {
		const given = (type.typeArguments ?? []).map((part) => shapeOf(part, depth + 1));
		return `${type.name}<${given.join(',')}>`;
	}
	if (reflection.type) return shapeOf(reflection.type, depth + 1);
	return reflection.children ? shapeOfMembers(reflection.children, depth + 1) : type.name;
}

function shapeOfMembers(members: readonly DeclarationReflection[], depth = 0): string {
	const words = members.map(({ name, type, flags }) => {
		const mark = flags.isOptional ? '?' : '';
		return `${name}${mark}:${type ? shapeOf(type, depth) : 'method'}`;
	});
	return `{${words.toSorted().join(';')}}`;
}
