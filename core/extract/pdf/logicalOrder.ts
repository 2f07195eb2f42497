const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
const LEFT_TO_RIGHT = /[\p{L}\p{Nd}]/u;
/** Between two digits, or two words, these go with them. */
const INNER = /[\p{Nd}.,:/%+\-–\s]/u;

/** Arabic and Hebrew are drawn from left to right as they look: their letters come in the order of reading. */
export function logicalOrder(drawn: readonly string[]): string {
	const count = drawn.filter((letter) => RIGHT_TO_LEFT.test(letter)).length;
	if (count === 0) return drawn.join('');
	const isRight = count > drawn.length * 0.3;
	const letters = isRight ? [...drawn].reverse() : [...drawn];
	const isOwn = isRight ? isLeftLetter : (letter: string) => RIGHT_TO_LEFT.test(letter);
	for (let at = 0; at < letters.length; at += 1) {
		if (!isOwn(letters[at] ?? '')) continue;
		let end = at + 1;
		for (let next = end; next < letters.length; next += 1) {
			if (isOwn(letters[next] ?? '')) end = next + 1;
			else if (!INNER.test(letters[next] ?? '')) break;
		}
		letters.splice(at, end - at, ...letters.slice(at, end).reverse());
		at = end - 1;
	}
	return letters.join('');
}

const isLeftLetter = (letter: string): boolean =>
	LEFT_TO_RIGHT.test(letter) && !RIGHT_TO_LEFT.test(letter);
