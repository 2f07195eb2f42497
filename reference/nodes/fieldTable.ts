import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { code, lines, sentence, table } from '../markdown';

/** The fields in one place of the form: their names, what they accept, and what they do. */
export function fieldTable(
	fields: readonly INodeProperties[],
	form: readonly INodeProperties[],
): string {
	const rows = withoutTwins(fields)
		.filter((field) => !isNotice(field))
		.map((field) => [nameWords(field), valueWords(field), purpose(field, fields, form)]);
	return table(['Field', 'Value', 'What it does'], rows);
}

/**
 * A field that differs in version 2 only by being marked while empty is shown once, as in version 2.
 */
function withoutTwins(fields: readonly INodeProperties[]): INodeProperties[] {
	return fields.flatMap((field, index) => {
		const { required, displayOptions: { show = {}, ...others } = {} } = field;
		const later = fields[index + 1];
		if (later && required !== true && sameBut(field) === sameBut(later)) return [];
		const before = fields[index - 1];
		if (!before || before.required === true || sameBut(before) !== sameBut(field)) return field;
		const { '@version': _version, ...rest } = show;
		return { ...field, displayOptions: { ...others, show: rest } };
	});
}

/** What all versions of a field have in common. */
function sameBut({ displayOptions, required: _required, ...field }: INodeProperties): string {
	const { '@version': version, ...show } = displayOptions?.show ?? {};
	if (version === undefined) return `${field.name} of any version`;
	return JSON.stringify({ ...field, displayOptions: { ...displayOptions, show } });
}

function nameWords({ displayName, name }: INodeProperties): string {
	return lines(`**${displayName}**`, code(name));
}

function purpose(
	field: INodeProperties,
	siblings: readonly INodeProperties[],
	form: readonly INodeProperties[],
): string {
	const { description, hint } = field;
	const when = shownWhen(field, siblings, form);
	return lines(
		description && sentence(description),
		hint && sentence(hint),
		...choicesOf(field).map(choiceWords),
		exampleWords(field),
		when && `Shown when ${when}.`,
	);
}

/** What the empty field shows. */
function exampleWords({ type, placeholder }: INodeProperties): string | undefined {
	if (!placeholder || (type !== 'string' && type !== 'json')) return undefined;
	const [, example] = /^e\.g\. (.*)$/s.exec(placeholder) ?? [];
	return example === undefined ? `Takes ${placeholder}.` : `Example: ${code(example)}`;
}

function choiceWords({ name, value, description }: ReturnType<typeof choicesOf>[number]): string {
	const named = name === value ? code(name) : `${name} (${code(String(value))})`;
	return `· ${named}${description ? `: ${description}` : ''}`;
}

const TYPES: Partial<Record<INodeProperties['type'], string>> = {
	boolean: 'yes or no',
	collection: 'options',
	fixedCollection: 'rows',
	json: 'JSON',
	multiOptions: 'any of the choices',
	options: 'one choice',
	resourceLocator: 'from the list, or an ID',
	string: 'text',
	workflowSelector: 'workflow',
};

/** What a field accepts: its type, its limits, whether it is required, and its default. */
function valueWords(field: INodeProperties): string {
	const { type, typeOptions, required } = field;
	const kind = TYPES[type] ?? type;
	const isList = typeOptions?.multipleValues === true && type === 'string';
	return lines(
		`${isList ? 'list of texts' : kind}${limits(field)}`,
		required ? 'required' : undefined,
		`default: ${defaultWords(field)}`,
	);
}

function limits({
	type,
	typeOptions: { minValue, maxValue, numberPrecision } = {},
}: INodeProperties) {
	if (type !== 'number') return '';
	const places = numberPrecision ? `, ${numberPrecision} decimal places` : '';
	if (minValue === undefined) return places;
	const range = maxValue === undefined ? `${minValue} or more` : `${minValue} to ${maxValue}`;
	return `, ${range}${places}`;
}

function defaultWords({ type, default: value }: INodeProperties): string {
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	if (type === 'fixedCollection') return isEmpty(value) ? 'none' : 'one row';
	if (typeof value === 'object' && value !== null && 'value' in value) return plain(value.value);
	return isEmpty(value) ? 'none' : plain(value);
}

function isEmpty(value: unknown): boolean {
	const parts = typeof value === 'object' && value !== null ? Object.keys(value) : value;
	return parts === '' || (Array.isArray(parts) && parts.length === 0);
}

function plain(value: unknown): string {
	if (Array.isArray(value)) return value.map(plain).join(', ');
	return code(String(value).replace(/\s+/g, ' '));
}

/** The values of other fields for which this field is shown; empty if it is always shown. */
export function shownWhen(
	{ displayOptions }: INodeProperties,
	siblings: readonly INodeProperties[],
	form: readonly INodeProperties[],
): string {
	const conditions = Object.entries(displayOptions?.show ?? {}).map(([path, wanted = []]) =>
		condition(path, wanted, path.startsWith('/') ? form : siblings),
	);
	return conditions.join(' and ');
}

function condition(
	path: string,
	wanted: readonly unknown[],
	fields: readonly INodeProperties[],
): string {
	if (path === '@version') return wanted.map(versionWords).join(' or ');
	const [, steps = '', index] = /^\/?([^[]*)(?:\[(\d+)\])?$/.exec(path) ?? [];
	const field = findField(fields, steps.split('.'));
	const name = `**${field?.displayName ?? path}**`;
	if (index !== undefined) return `${name} has more than ${index} entries`;
	const values = wanted.map((value) => wantedWords(field, value));
	if (values.includes('')) return `${name} is set`;
	return isPart(wanted)
		? `${name} contains ${values.join(' or ')}`
		: `${name} is ${values.join(' or ')}`;
}

function findField(
	fields: readonly INodeProperties[],
	[first, ...rest]: readonly string[],
): INodeProperties | undefined {
	const field = fields.find(({ name }) => name === first);
	return field && rest.length > 0 ? findField(fieldsIn(field), rest) : field;
}

/** Empty if any value will do. */
function wantedWords(field: INodeProperties | undefined, wanted: unknown): string {
	if (typeof wanted !== 'object' || wanted === null) {
		const choice = field && choicesOf(field).find(({ value }) => value === wanted);
		return choice?.name ?? code(String(wanted));
	}
	const part: unknown = Reflect.get(Object(Reflect.get(wanted, '_cnd')), 'includes');
	return typeof part === 'string' ? code(part) : '';
}

/** A node keeps the version with which it was added to its workflow. */
function versionWords(wanted: unknown): string {
	const since: unknown = Reflect.get(Object(Reflect.get(Object(wanted), '_cnd')), 'gte');
	return `the node has version ${typeof since === 'number' ? `${since} or later` : String(wanted)}`;
}

const isPart = (wanted: readonly unknown[]) => wanted.some((value) => typeof value === 'object');

/** The choices of a field, if it has any. */
function choicesOf({ options = [] }: INodeProperties): INodePropertyOptions[] {
	return options.flatMap((option) => ('value' in option ? option : []));
}

/** The fields in a collection, or in each row of a fixed collection. */
export function fieldsIn({ type, options = [] }: INodeProperties): INodeProperties[] {
	if (type !== 'collection' && type !== 'fixedCollection') return [];
	return options.flatMap((option) => ('values' in option ? option.values : fieldOf(option)));
}

function fieldOf(option: object): INodeProperties[] {
	return isField(option) ? [option] : [];
}

function isField(option: object): option is INodeProperties {
	return 'type' in option && 'displayName' in option;
}

export const isNotice = ({ type }: INodeProperties) => type === 'notice';
