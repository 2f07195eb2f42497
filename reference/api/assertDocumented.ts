import { LiteralType, type DeclarationReflection, type ProjectReflection } from 'typedoc';

/** @throws Error that names what the library exports without a word. */
export function assertDocumented(project: ProjectReflection): void {
	const silent = (project.children ?? []).flatMap((own) => [
		...(hasWords(own) ? [] : [own.name]),
		...(own.children ?? [])
			.filter((member) => !hasWords(member) && !(member.type instanceof LiteralType))
			.map((member) => `${own.name}.${member.name}`),
	]);
	if (silent.length > 0) throw new Error(`Without a docstring: ${silent.join(', ')}`);
}

/** Functions hold their words at their signature. */
function hasWords({
	comment,
	signatures = [],
	inheritedFrom,
	flags,
}: DeclarationReflection): boolean {
	const comments = [comment, ...signatures.map((signature) => signature.comment)];
	const isForeign = inheritedFrom !== undefined || flags.isExternal;
	return isForeign || comments.some((words) => (words?.summary.length ?? 0) > 0);
}
