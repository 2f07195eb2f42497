import { isRecord } from '../isRecord';
import { isStandIn } from '../json/abbreviation';
import { saysNothing } from '../read/saysNothing';

interface Source {
	source: string | undefined;
	isSaid: ((text: string) => boolean) | undefined;
}

/** A text, or a record with no other text in it: what else it holds only fills fields that had to be there. */
export function standsIn(entry: unknown, { isSaid }: Source): boolean {
	if (typeof entry === 'string') return isStandIn(entry, isSaid);
	const held = isRecord(entry) ? Object.values(entry) : [];
	const marks = held.flatMap((one) =>
		typeof one === 'string' && isStandIn(one, isSaid) ? [one] : [],
	);
	if (marks.length === 0) return false;
	const others = held.filter((one) => !isFill(one) && !marks.some((mark) => mark === one));
	if (!others.every((one) => typeof one === 'number' || one === true)) return false;
	// With numbers beside it, a text such as "..." may be what somebody has said.
	return others.length === 0 || !marks.every((mark) => isSaid?.(mark));
}

/** A last record with one text, which the source does not say, and nothing where the record above has values. */
export function isHollow(entry: unknown, above: unknown, { source }: Source): boolean {
	if (!isRecord(entry) || !isRecord(above)) return false;
	const said = Object.values(entry).filter((one) => !isNothing(one));
	const [text] = said;
	const isPoorer = Object.values(above).filter((one) => !isNothing(one)).length > said.length;
	if (said.length !== 1 || typeof text !== 'string' || !isPoorer) return false;
	return source === undefined ? !/[\p{L}\p{N}]{2}/u.test(text) : !holds(source, text);
}

/** Whether a source has a text somewhere, also within a sentence. */
export function holds(source: string | undefined, text: string): boolean {
	return source?.toLowerCase().includes(text.toLowerCase()) === true;
}

const isNothing = (value: unknown) =>
	value === null || value === 0 || value === '' || (Array.isArray(value) && value.length === 0);

const IS_NUMBER = /^[^\p{L}]*\d[^\p{L}]*$/u;

function isFill(value: unknown): boolean {
	if (typeof value === 'string') return IS_NUMBER.test(value) || saysNothing(value);
	return !value || (Array.isArray(value) && value.length === 0);
}
