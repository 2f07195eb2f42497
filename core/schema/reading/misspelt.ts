import { isRecord } from '../../isRecord';
import { jsonPointer } from '../../jsonPointer';
import { nearestName } from '../../nearestName';
import type { JsonSchema } from '../jsonSchema';
import { innerPlaces, KEYWORDS } from './keywords';
import { isFieldList } from './shorthand';

/** Each keyword that JSON Schema does not know and that somebody seems to have meant. */
export function misspelt(schema: JsonSchema, path: readonly string[] = []): string[] {
	if (path.length > 0 && isFieldList(schema, 0)) {
		return [`${jsonPointer(path)} lists fields and is no schema: it accepts anything`];
	}
	const own = Object.keys(schema).flatMap((keyword) => {
		const instead = meantBy(keyword, schema);
		if (instead === undefined) return [];
		return [`${jsonPointer([...path, keyword])} means nothing in JSON Schema: ${instead}`];
	});
	const inner = innerPlaces(schema).flatMap(([keys, node]) =>
		isRecord(node) ? misspelt(node, [...path, ...keys]) : [],
	);
	return [...own, ...inner];
}

const KNOWN = new Set([
	...KEYWORDS.keys(),
	...`const $schema $vocabulary $comment title description default examples deprecated readOnly
	writeOnly contentEncoding contentMediaType`.split(/\s+/),
]);

/** Words of other languages that are no slip, or none that a nearby keyword explains. */
const OTHERS = new Set('id example constant extend order unit index title name'.split(' '));

const INSTEAD: ReadonlyMap<string, string> = new Map([
	['nullable', 'write "type": ["string", "null"], with your type'],
	['optional', 'leave the name out of "required" one level up'],
	['extends', 'write "allOf"'],
	['disallow', 'write "not"'],
	['choices', 'did you mean "enum"?'],
	['oneof', 'did you mean "oneOf"?'],
	['item', 'did you mean "items"?'],
	['regex', 'did you mean "pattern"?'],
	['regexp', 'did you mean "pattern"?'],
	['min', 'did you mean "minimum", "minLength" or "minItems"?'],
	['max', 'did you mean "maximum", "maxLength" or "maxItems"?'],
]);

function meantBy(keyword: string, { [keyword]: value }: JsonSchema): string | undefined {
	if (KNOWN.has(keyword) || OTHERS.has(keyword) || isSetAside(keyword)) return undefined;
	if (value === false && (keyword === 'nullable' || keyword === 'optional')) return undefined;
	const instead = INSTEAD.get(keyword);
	if (instead !== undefined) return instead;
	const near = nearKeyword(keyword);
	return near === undefined ? undefined : `did you mean "${near}"?`;
}

/** Signs in front mean that somebody has put it out of use, or has a meaning of their own for it. */
function isSetAside(keyword: string): boolean {
	return /^(_|-|x-|[^a-z$])/i.test(keyword);
}

/** The same letters, or so long a word that one or two wrong ones are no chance. */
function nearKeyword(keyword: string): string | undefined {
	const letters = lettersOf(keyword);
	const same = [...KNOWN].find((known) => lettersOf(known) === letters);
	if (same !== undefined || letters.length < 5) return same;
	const mostWrong = letters.length < 8 ? 1 : 2;
	const near = nearestName(
		letters,
		[...KNOWN].filter((known) => lengthGap(known, letters) <= mostWrong),
	);
	return near !== undefined && isWithin(letters, near.toLowerCase(), mostWrong) ? near : undefined;
}

function lettersOf(keyword: string): string {
	return keyword.toLowerCase().replace(/[^a-z]/g, '');
}

function lengthGap(known: string, letters: string): number {
	return Math.abs(known.length - letters.length);
}

/** Whether the words are equal but for a stretch of few letters, or for two swapped ones. */
function isWithin(a: string, b: string, mostWrong: number): boolean {
	let start = 0;
	while (start < a.length && a[start] === b[start]) start += 1;
	let end = 0;
	while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
	return Math.max(a.length, b.length) - start - end <= Math.max(mostWrong, 2);
}
