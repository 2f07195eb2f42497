/** What a pattern tells letters apart by: of one kind are those that pass the same of its tests. */
export interface Kinds {
	byLetter: Map<number, number>;
	byPasses: Map<string, number>;
	/** Of each kind. */
	passes: boolean[][];
}

const MOST_KNOWN = 10_000;

export function openKinds(): Kinds {
	return { byLetter: new Map(), byPasses: new Map(), passes: [] };
}

/** Whole letters, or halves of pairs apart. */
export function lettersOf(text: string, isWhole: boolean): Uint32Array {
	const letters = new Uint32Array(text.length);
	let length = 0;
	for (let at = 0; at < text.length; at += 1) {
		const letter = (isWhole ? text.codePointAt(at) : text.charCodeAt(at)) ?? 0;
		if (letter > 0xffff) at += 1;
		letters[length++] = letter;
	}
	return letters.subarray(0, length);
}

/** Letters that pass the same tests are one kind. */
export function kindOf(letter: number, tests: readonly RegExp[], kinds: Kinds): number {
	const known = kinds.byLetter.get(letter);
	if (known !== undefined) return known;
	if (kinds.byLetter.size > MOST_KNOWN) kinds.byLetter.clear();
	const sign = String.fromCodePoint(letter);
	const passes = tests.map((test) => test.test(sign));
	const key = passes.map(Number).join('');
	const kind = kinds.byPasses.get(key) ?? kinds.passes.push(passes) - 1;
	kinds.byPasses.set(key, kind);
	kinds.byLetter.set(letter, kind);
	return kind;
}
