import {
	ArrayType,
	DeclarationReflection,
	IndexedAccessType,
	QueryType,
	ReferenceType,
	ReflectionType,
	TupleType,
	TypeOperatorType,
	UnionType,
	type SomeType,
} from 'typedoc';

const known = new WeakMap<SomeType, string>();

/** What a type looks like with all names of the library spelled out: equal types have one shape. */
export function shapeOf(type: SomeType, depth = 0): string {
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

export function shapeOfMembers(members: readonly DeclarationReflection[], depth = 0): string {
	const words = members.map(({ name, type, flags }) => {
		const mark = flags.isOptional ? '?' : '';
		return `${name}${mark}:${type ? shapeOf(type, depth) : 'method'}`;
	});
	return `{${words.toSorted().join(';')}}`;
}
