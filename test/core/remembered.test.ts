import { z } from 'zod/v4';
import { readTarget } from '../../core/extract/targetSchema';
import { remembered } from '../../core/lib/perObject';
import { zodFromText } from '../../core/zodText/zodFromText';

test('what was made for a key is made once; what throws is made again', () => {
	const known = remembered<object>();
	const made = known('a', () => ({}));
	expect(known('a', () => ({}))).toBe(made);
	expect(known('b', () => ({}))).not.toBe(made);
	const broken = () => {
		throw new Error('no');
	};
	expect(() => known('c', broken)).toThrow('no');
	expect(known('c', () => made)).toBe(made);
});

test('the oldest of a hundred and one is forgotten', () => {
	const known = remembered<number>();
	for (let n = 0; n <= 100; n += 1) known(String(n), () => n);
	expect(known('100', () => -1)).toBe(100);
	expect(known('1', () => -1)).toBe(1);
	expect(known('0', () => -1)).toBe(-1);
});

test('a schema without a JSON form is refused', () => {
	const circular: Record<string, unknown> = { type: 'object' };
	circular.self = circular;
	expect(() => readTarget(circular)).toThrow(/has no JSON form: Converting circular/);
});

test('schemas are compiled once: JSON Schema by what it says, zod by itself or its text', () => {
	const schema = () => ({ type: 'object', properties: { a: { type: 'string' } } });
	expect(readTarget(schema())).toBe(readTarget(schema()));
	expect(readTarget({ ...schema(), required: ['a'] })).not.toBe(readTarget(schema()));
	const zod = z.object({ a: z.string() });
	expect(readTarget(zod)).toBe(readTarget(zod));
	const text = 'z.object({ a: z.string() })';
	expect(zodFromText(text)).toBe(zodFromText(text));
});
