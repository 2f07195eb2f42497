import { isRecord } from '../../isRecord';
import { own } from '../../own';
import { isMissing } from './agree';

/** An entry of a merged list, and the parts that gave it. */
export interface FromParts {
	value: unknown;
	parts: readonly number[];
}

/** Of fewer, nobody knows what a record usually has. */
const LEAST = 3;

/**
 * Names records at the border of two parts that only one of them gave, and that lack what the
 * others have: the border may have cut them, and the part with the rest may have left that out.
 */
export function cutWarnings(
	list: readonly FromParts[],
	lastPart: number,
	pointerAt: (index: number) => string,
): string[] {
	const atBorder = list.map((_, at) => isAtBorder(list, at, lastPart));
	if (list.length < LEAST || !atBorder.includes(true)) return [];
	const records = list.map(({ value }) => (isRecord(value) ? value : {}));
	const inner = records.filter((_, at) => !atBorder[at]);
	const has = (record: Record<string, unknown>, key: string) => !isMissing(own(record, key));
	const usual = [...new Set(records.flatMap((record) => Object.keys(record)))].filter(
		(key) =>
			inner.every((record) => has(record, key)) &&
			records.filter((record) => has(record, key)).length > records.length / 2,
	);
	return list.flatMap(({ value }, at) => {
		if (!atBorder[at] || !isRecord(value)) return [];
		const lacking = usual.find((key) => !has(value, key));
		return lacking === undefined
			? []
			: [
					`maybe cut ${pointerAt(at)}: it stands at the border of two parts and has no "${lacking}", which the others have; more of it may be lost`,
				];
	});
}

/** The last entry of a part, or the first one behind another, which no second part gave. */
function isAtBorder(list: readonly FromParts[], at: number, lastPart: number): boolean {
	const [part, another] = list[at]?.parts ?? [];
	if (part === undefined || another !== undefined) return false;
	const before = list[at - 1]?.parts.at(-1) ?? part;
	const behind = list[at + 1]?.parts[0] ?? part;
	return before < part || behind > part || (at === list.length - 1 && part < lastPart);
}
