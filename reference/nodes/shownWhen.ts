import type { INodeProperties } from 'n8n-workflow';
import { code } from '../markdown';
import { choicesOf, fieldsIn } from './fields';

/** Under which values of other fields a field is in the form; empty for one that always is. */
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

/** Empty when any value will do. */
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
