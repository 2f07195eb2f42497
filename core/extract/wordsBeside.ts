import { isRecord } from '../isRecord';
import type { JsonSchema } from '../schema/jsonSchema';
import { listPlacesIn } from './forms/fields';

const MOST_LINES = 200;
const MOST_FIELDS = 100;
const ALSO =
	/^\W*(?:(?:and|und|et|y|e|и) )?(?:also|plus|additionally|moreover|furthermore|außerdem|zudem|zusätzlich|de plus|en outre|además|también|inoltre|anche|além disso|também|также|кроме того)(?!\p{L})|^(?:また|さらに|此外|另外|还有|또한|그리고)/iu;
const MARKED =
	/^\s*(?:[-*•+]|\d{1,6}[.)])\s|^\s*\|.*\||^[^\s,;\t][^,;\t]{0,60}(?:[,;\t](?! )[^,;\t]{1,60})+$/;

/** Lines beside a value with lists that may be entries of them: rows, bullets and what is said to come as well. */
export function mayBeEntries(
	lines: readonly string[],
	given: unknown,
	schema: JsonSchema,
): boolean {
	if (listPlacesIn(schema).length === 0) return false;
	const known = JSON.stringify(given).toLowerCase();
	return short(lines).some((line) => {
		if (!/\d/.test(line) || !(MARKED.test(line) || ALSO.test(line))) return false;
		const words =
			line
				.toLowerCase()
				.replace(/^\s*\d{1,6}[.)]\s/, '')
				.match(/[\p{L}\p{N}.]*[\p{L}\p{N}]/gu) ?? [];
		return !words.filter((word) => !SMALL.test(word)).every((word) => known.includes(word));
	});
}

const SMALL = /^(?:\p{L}{1,3}|also|with|plus|from)$/u;

/** Whether words behind a value give another number for one of its fields: "The total is 15". */
export function saysOtherNumber(text: string, given: unknown): boolean {
	if (!isRecord(given)) return false;
	const fields = Object.entries(given).slice(0, MOST_FIELDS);
	const numbers = fields.flatMap(([key, value]): Array<[RegExp, number]> =>
		typeof value === 'number' && /\p{L}/u.test(key) ? [[saying(key), value]] : [],
	);
	return short(text.split('\n', MOST_LINES)).some((line) =>
		numbers.some(([pattern, value]) => {
			const said = pattern.exec(line)?.[1];
			return (
				said !== undefined && Number(said) !== value && Number(said.replace(/,/g, '')) !== value
			);
		}),
	);
}

/** `invoiceTotal` as "invoice total is actually 15". */
function saying(key: string): RegExp {
	const words = key
		.replace(/(?<=[\p{Ll}\d])(?=\p{Lu})/gu, ' ')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim()
		.replace(/ /g, '[ _-]?');
	return new RegExp(
		String.raw`(?<!\p{L})${words}\W{0,4}(?:\s(?:is|was|are|should be|ist|war|beträgt|est|es|è|é|равно|составляет))?(?:\s(?:actually|really|in fact|probably|tatsächlich|eigentlich|en fait))?[\s:=*|]+\p{Sc}?(-?\d[\d,]*(?:\.\d+)?)(?![\p{L}\p{N}])`,
		'iu',
	);
}

function short(lines: readonly string[]): string[] {
	return lines.slice(0, MOST_LINES).filter((line) => line.length <= 300);
}
