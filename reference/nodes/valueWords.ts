import type { INodeProperties } from 'n8n-workflow';
import { code, lines } from '../markdown';

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

/** What a field takes: its type, its limits, whether it has to be there, and its default. */
export function valueWords(field: INodeProperties): string {
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
