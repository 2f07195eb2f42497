type Args = Record<string, unknown>;
/** A schema with arguments that it takes, and some that it does not. */
export type SchemaRow = [name: string, schema: object, right: Args[], wrong: Args[]];

export const s = { type: 'string' };
export const n = { type: 'number' };
export const i = { type: 'integer' };
export const b = { type: 'boolean' };
export const list = (items: object = s) => ({ type: 'array', items });
export const obj = (properties: object, more: object = {}) => ({
	type: 'object',
	properties,
	...more,
});
export const one = (a: unknown, more: object = {}) => obj({ a }, { required: ['a'], ...more });
export const need = (...required: string[]) => ({ required });
export const draft = (version: string) => ({
	$schema: `http://json-schema.org/${version}/schema#`,
});
export const D2020 = { $schema: 'https://json-schema.org/draft/2020-12/schema' };
