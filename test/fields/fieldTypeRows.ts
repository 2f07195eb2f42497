import type { FieldRow, Setting } from './fieldRow';
import type { Parameters } from './parameters';

const SCHEMA = 'bodies.0.tools.0.function.parameters';
const text = { type: 'string' };
const object = {
	...{ type: 'object', properties: { inner: text } },
	...{ required: ['inner'], additionalProperties: false },
};

/** Each type of a field, and what the model is told of it. */
const PLAIN: Array<[type: string, schema: object]> = [
	['boolean', { type: 'boolean' }],
	['enum', { type: 'string', enum: ['low', 'high'] }],
	['date', { type: 'string', format: 'date' }],
	['dateTime', { type: 'string', format: 'date-time' }],
	['email', { type: 'string', format: 'email' }],
	['integer', { type: 'integer' }],
	['numberList', { type: 'array', items: { type: 'number' } }],
	['stringList', { type: 'array', items: text }],
	['number', { type: 'number' }],
	['url', { type: 'string', format: 'uri' }],
];
const NESTING: typeof PLAIN = [
	['objectList', { type: 'array', items: object }],
	['object', object],
];

/** Rows for the fields of a result, for those inside of them, and so on. */
export function fieldTypeRows(levels: number, level = 1): FieldRow[] {
	const name = Array.from({ length: level }, () => 'fields.values').join('.');
	const where = `${SCHEMA}${'.properties.o'.repeat(level - 1)}`;
	const own = `${where}.properties.a`;
	const mayNest = level < levels;
	const more = {
		choices: 'low, high',
		...(mayNest ? { fields: { values: [{ name: 'inner' }] } } : {}),
	};
	const setting = (field: object): Setting => ({
		with: inside(level - 1, { name: 'a', ...field }),
	});
	const types = [...PLAIN, ...(mayNest ? NESTING : [])].map(([type, schema]): FieldRow => [
		`${name}.type=${type}`,
		type,
		own,
		schema,
		setting(more),
	]);
	return [
		[`${name}.name`, 'b', `${where}.properties.b`, text, { with: inside(level - 1, {}) }],
		[`${name}.type=string`, 'string', own, text, { ...setting({}), from: 'number' }],
		...types,
		[`${name}.description`, 'net', own, { ...text, description: 'net' }, setting({})],
		[`${name}.choices`, 'a, b', own, { ...text, enum: ['a', 'b'] }, setting({ type: 'enum' })],
		[`${name}.required`, false, `${where}.required`, [], setting({})],
		...(mayNest ? fieldTypeRows(levels, level + 1) : []),
	];
}

function inside(levels: number, field: object): Parameters {
	const fields = { values: [field] };
	return levels === 0 ? { fields } : inside(levels - 1, { name: 'o', type: 'object', fields });
}
