import { resolveSchema } from '../resolveSchema';
import type { Form, FormReader, FormTerms } from './form';
import { readBullets } from './readBullets';
import { readCsv } from './readCsv';
import { readHtmlTable } from './readHtmlTable';
import { readRepr } from './readRepr';
import { readSettings } from './readSettings';
import { readTable } from './readTable';
import { readXml } from './readXml';
import { readYaml } from './readYaml';
import { segmentsOf, type Segment } from './segments';

/** Likeliest first: what one of them is, no other is as well. */
const READERS: readonly FormReader[] = [
	...[readTable, readHtmlTable, readXml, readCsv, readSettings, readRepr, readYaml, readBullets],
];
/** Their shape alone tells them from prose. */
const SHAPED = new Set<Segment['kind']>(['table', 'tags', 'fence']);

export interface FoundForms {
	forms: Form[];
	/** The lines that are part of none. */
	prose: string[];
}

/** The forms other than JSON in a text: it as a whole, else its fenced blocks, tables, tags and paragraphs. */
export function formsIn(text: string, terms: FormTerms): FoundForms {
	const whole = wholeForm(text, terms);
	if (whole) return { forms: [whole], prose: [] };
	const found: FoundForms = { forms: [], prose: [] };
	for (const segment of segmentsOf(text)) {
		const form = formOf(segment.text.trim(), terms);
		if (form) found.forms.push(form);
		else found.prose.push(...segment.text.split('\n'));
	}
	const isShaped = segmentsOf(text).some(({ kind }) => SHAPED.has(kind));
	// Something that reads as a whole only, such as YAML with a blank line in it, is no form in part.
	const isInPart = !isShaped && found.prose.some(looksLikeField);
	return isInPart ? { forms: [], prose: text.split('\n') } : found;
}

/** The form that a text is from end to end. */
export function wholeForm(text: string, terms: FormTerms): Form | undefined {
	const form = formOf(withoutFence(text.trim()), terms);
	return form?.value === undefined ? undefined : form;
}

const looksLikeField = (line: string) =>
	/^\s*(?:[-*•]|\d+[.)])\s|^\s*[^\s:][^:]{0,40}:\s+\S/.test(line);

function formOf(text: string, terms: FormTerms): Form | undefined {
	if (text === '') return undefined;
	for (const read of READERS) {
		const form = read(text, terms);
		if (form) return form;
	}
	return undefined;
}

function withoutFence(text: string): string {
	const lines = text.split('\n');
	const isFence = (line = '') => /^\s*(?:```|~~~)/.test(line);
	const isFenced = lines.length > 2 && isFence(lines[0]) && isFence(lines.at(-1));
	return isFenced ? lines.slice(1, -1).join('\n') : text;
}

/** A choice, a number or a yes that is the whole answer. */
export function readPlain(text: string, { root }: FormTerms): Form | undefined {
	const schema = resolveSchema(root, root);
	const types = [schema?.type].flat();
	const isChoice = schema?.enum !== undefined || schema?.const !== undefined;
	const isPlain = types.some((type) => ['number', 'integer', 'boolean'].includes(String(type)));
	const value = withoutFence(text.trim());
	const isMeant = (isChoice || isPlain) && value !== '' && value.length <= 200;
	return isMeant ? { name: 'plainText', value } : undefined;
}
