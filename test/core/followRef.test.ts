import { coerce } from '../../core/extract/answer/coercion/coerce';
import { followRef } from '../../core/lib/jsonPointer';

const root = {
	$defs: { 'a/b': { type: 'string' }, 'c~d e': { type: 'number' } },
	anyOf: [{ type: 'null' }, { type: 'integer' }],
};

test.each([
	['#', root],
	['#/$defs/a~1b', { type: 'string' }],
	['#/$defs/c~0d%20e', { type: 'number' }],
	['#/anyOf/1', { type: 'integer' }],
	['#/anyOf/2', undefined],
	['#/100%', undefined],
	['#/$defs/missing', undefined],
	['#/constructor', undefined],
	['#anchor', undefined],
	['https://example.com/schema', undefined],
])('%s', (ref, found) => {
	expect(followRef(ref, root)).toEqual(found);
});

test('a value is coerced by a schema that a reference finds in a list', () => {
	const schema = {
		type: 'object',
		properties: { n: { $ref: '#/properties/m/anyOf/1' }, m: { anyOf: root.anyOf } },
	};
	expect(coerce({ n: '36' }, schema).value).toEqual({ n: 36 });
});
