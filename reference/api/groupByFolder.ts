import type { DeclarationReflection, ProjectReflection } from 'typedoc';
import { Comment, CommentTag } from 'typedoc';

/** Headings of the page, and the part of core that each stands for, in the order of the page. */
const GROUPS: Array<[heading: string, path: RegExp]> = [
	['Client', /core\/client\//],
	['Chat', /core\/chat\//],
	['Tool loop', /core\/toolLoop\//],
	['Extraction', /core\/extract\//],
	['Evaluation', /core\/evaluate\/|library\/report/],
	['Recordings', /core\/recording\/|library\/recorded/],
	['Schemas', /core\/schema\//],
	['Models and cost', /core\/(models|usage)\./],
	['Errors', /core\/error/],
];

export const groupOrder = GROUPS.map(([heading]) => heading);

export function groupByFolder(project: ProjectReflection): void {
	for (const own of project.children ?? []) {
		const path = project.getSymbolIdFromReflection(own)?.fileName ?? '';
		const [heading] = GROUPS.find(([, part]) => part.test(path)) ?? [];
		if (heading !== undefined) addGroup(own, heading);
	}
}

/** Functions hold their words at their signature. */
function addGroup(own: DeclarationReflection, heading: string): void {
	own.comment ??= new Comment();
	own.comment.blockTags.push(new CommentTag('@group', [{ kind: 'text', text: heading }]));
}
