import type { Cursor } from './cursor';

/** A comment in JSON. */
export interface Comment {
	/** Of the value that it stands behind in one line, or else before. */
	path: PropertyKey[];
	words: string;
}

export interface Comments {
	named: Comment[];
	/** So many more than are kept. */
	more: number;
}

/** A hostile text has a million of them. */
const MOST_KEPT = 200;
const LONGEST = 300;

/** Takes a comment down. What it is about may only come after it. */
export function keepComment(cursor: Cursor, words: string, isBehind: boolean): void {
	const { named } = cursor.comments;
	const said = words.trim().slice(0, LONGEST);
	if (said === '') return;
	if (named.length >= MOST_KEPT) {
		cursor.comments.more += 1;
		return;
	}
	const before = isBehind ? cursor.last : undefined;
	const comment = {
		path: [...cursor.path, ...(before === undefined ? [] : [before])],
		words: said,
	};
	named.push(comment);
	if (before === undefined) cursor.waiting.push(comment);
}

/** Comments that stood before what is read now are about it. */
export function placeComments(cursor: Cursor): void {
	if (cursor.waiting.length === 0) return;
	for (const comment of cursor.waiting) comment.path = [...cursor.path];
	cursor.waiting = [];
}

/** The comments in values of a list, each under its index. */
export function joinedComments(all: ReadonlyArray<Comments | undefined>): Comments | undefined {
	const named = all.flatMap((one, at) =>
		(one?.named ?? []).map(({ path, words }) => ({ path: [at, ...path], words })),
	);
	const more = all.reduce((sum, one) => sum + (one?.more ?? 0), 0);
	return named.length === 0 ? undefined : { named, more };
}

/** For the comments of another form than JSON. */
export function withComments(all: readonly Comment[]): { comments: Comments } | undefined {
	if (all.length === 0) return undefined;
	const named = all
		.slice(0, MOST_KEPT)
		.map(({ path, words }) => ({ path, words: words.slice(0, LONGEST) }));
	return { comments: { named, more: all.length - named.length } };
}
