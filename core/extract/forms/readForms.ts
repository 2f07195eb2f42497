import type { Failure } from '../../errors';
import { isRecord } from '../../isRecord';
import { isAbbreviationInProse } from '../../json/abbreviation';
import { correctsIt, isLabelledOther } from '../../json/notTheAnswer';
import type { JsonSchema } from '../../schema/jsonSchema';
import { abbreviation } from '../abbreviated';
import type { Candidate } from '../parseJson';
import { resolveSchema } from '../resolveSchema';
import { atPlace, listPlaceIn } from './fields';
import { readTable } from './readTable';
import { readXml } from './readXml';
import { readYaml } from './readYaml';

/** A text without JSON as the value that it may be: each form is read only where the schema fits. */
export function readForms(
	text: string,
	schema: JsonSchema,
): { candidate?: Candidate; failure?: Failure } {
	const body = withoutFence(text.trim());
	if (body === '') return {};
	const found =
		named('markdownTable', readTable(body, schema)) ??
		named('xml', readXml(body, schema)) ??
		yamlIn(body, schema) ??
		named('plainText', readPlain(body, schema));
	// The rows of a table are data, and judged as such.
	const prose = text.split('\n').filter((line) => !line.trim().startsWith('|'));
	const isTable = found?.warnings.includes('markdownTable');
	const failure = isTable ? takenBack(prose) : undefined;
	if (failure) return { failure };
	return found ? { candidate: found } : {};
}

/** What the prose around a table says against it. */
function takenBack(prose: readonly string[]): Failure | undefined {
	const left = prose.find(isAbbreviationInProse);
	if (left !== undefined)
		return abbreviation(`the answer says that it is not whole: ${left.trim()}`);
	const said = prose.find((line) => isLabelledOther(line) || correctsIt(line));
	if (said === undefined) return undefined;
	const message = `the answer says that its table is an example or wrong: ${said.trim()}: give the right values only`;
	return { path: '', message, code: 'severalAnswers' };
}

function named(form: string, value: unknown): Candidate | undefined {
	return value === undefined ? undefined : { value, warnings: [form] };
}

function yamlIn(text: string, schema: JsonSchema): Candidate | undefined {
	const { value, numbers } = readYaml(text, schema) ?? {};
	const found = named('yaml', value);
	return found && numbers ? { ...found, numbers } : found;
}

function withoutFence(text: string): string {
	const lines = text.split('\n');
	const isFence = (line = '') => /^\s*(?:```|~~~)/.test(line);
	const isFenced = lines.length > 2 && isFence(lines[0]) && isFence(lines.at(-1));
	return isFenced ? lines.slice(1, -1).join('\n') : text;
}

/** A choice, a number or a yes that is the whole answer. */
function readPlain(text: string, root: JsonSchema): string | undefined {
	const schema = resolveSchema(root, root);
	const types = [schema?.type].flat();
	const isChoice = schema?.enum !== undefined || schema?.const !== undefined;
	const isPlain = types.some((type) => ['number', 'integer', 'boolean'].includes(String(type)));
	return (isChoice || isPlain) && text.length <= 200 ? text : undefined;
}

/** Records that follow one another, at the place that the schema has for a list of just such ones. */
export function asListIn(schema: JsonSchema, list: unknown): unknown {
	const place = listPlaceIn(schema);
	if (!place || !Array.isArray(list)) return undefined;
	if (place.key === undefined) return list;
	const { fields } = place;
	const isEntry = (entry: unknown) =>
		isRecord(entry) && Object.keys(entry).every((key) => Object.hasOwn(fields, key));
	return list.every(isEntry) ? atPlace(place, list) : undefined;
}
