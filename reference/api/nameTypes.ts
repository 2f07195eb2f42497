import {
	ArrayType,
	IntersectionType,
	ReferenceType,
	ReflectionType,
	UnionType,
	type DeclarationReflection,
	type ProjectReflection,
	type SomeType,
} from 'typedoc';
import { shapeOf, shapeOfMembers } from './shapeOf';

/**
 * Types that come out of zod schemas are spelled out where they are used; those that have a name of
 * their own in the library are shown by it.
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

/** What is given may lack what has a default: it goes by the same name. */
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
