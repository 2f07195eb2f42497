/** What lists in texts have before each entry: a bullet or a number. */
export const LIST_MARK = String.raw`(?:[-*•·‣▪◦+–—]|\d{1,6}[.)]|[([]\d{1,6}[)\]])`;

const NUMBER = /^\s*[([]?(\d{1,6})[.)\]](?=\s|$)/;

/** Whether each line has its number, from 1 on. */
export function areCounted(lines: readonly string[]): boolean {
	return lines.every((line, at) => Number(NUMBER.exec(line)?.[1]) === at + 1);
}

/** Whether lines are numbered one after the other, all with the same number, or not at all. */
export function areInOrder(lines: readonly string[]): boolean {
	const numbers = lines.map((line) => Number(NUMBER.exec(line)?.[1]));
	const [first = 0] = numbers;
	return [1, 0].some((step) => numbers.every((one, at) => Object.is(one, first + step * at)));
}
