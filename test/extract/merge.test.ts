import { mergeValues } from '../../core/extract/parts/merge';

const alone = { own: '', shared: '' };

test('joins lists, fills gaps and names conflicts', () => {
	const merged = mergeValues([
		{ value: { a: null, list: [1, 2], who: { x: 1 } }, ...alone },
		{ value: { a: 5, list: [2, 3], who: { x: 2, y: 3 } }, ...alone },
	]);
	expect(merged.value).toEqual({ a: 5, list: [1, 2, 3], who: { x: 1, y: 3 } });
	expect(merged.warnings).toEqual(['conflict /who/x: kept 1, also 2']);
});

describe('a record that two parts give', () => {
	const lamp = { name: 'Lamp', price: 5 };
	const rows = (...records: object[]) => ({ rows: records });

	test('from the text that they share is one', () => {
		const first = { value: rows(lamp), ...alone };
		const second = { value: rows({ price: 5, name: 'Lamp' }), own: 'Chair 7', shared: 'Lamp 5' };
		expect(mergeValues([first, second]).value).toEqual(rows(lamp));
	});

	test('is two where the text says it again', () => {
		const first = { value: rows(lamp), ...alone };
		const second = { value: rows(lamp), own: 'Chair 7, Lamp 5', shared: 'Table 9' };
		expect(mergeValues([first, second]).value).toEqual(rows(lamp, lamp));
	});

	test('is two where the shared text and the rest say it', () => {
		const first = { value: rows(lamp), ...alone };
		const second = { value: rows(lamp, lamp), own: 'Chair 7, Lamp 5', shared: 'Lamp 5' };
		expect(mergeValues([first, second]).value).toEqual(rows(lamp, lamp));
	});

	test('is two where the part has it from a text of its own, however it is said', () => {
		const first = { value: rows(lamp), ...alone };
		const words = `Lamp ${'and so on '.repeat(50)} 5`;
		const second = { value: rows(lamp), own: words, shared: '' };
		expect(mergeValues([first, second]).value).toEqual(rows(lamp, lamp));
	});

	test('cut by the border is made whole', () => {
		const first = { value: rows({ name: 'Chair' }, { ...lamp, price: null }), ...alone };
		const second = { value: rows(lamp, { name: 'Table' }), own: ' 5. Table', shared: 'One Lamp' };
		const merged = mergeValues([first, second]).value;
		expect(merged).toEqual(rows({ name: 'Chair' }, lamp, { name: 'Table' }));
	});

	test('stays two when neither is from the text that the parts share', () => {
		const first = { value: rows({ name: 'Lamp', price: null }), ...alone };
		const second = { value: rows(lamp), own: 'Lamp 5', shared: 'Table 9' };
		expect(mergeValues([first, second]).value).toMatchObject({ rows: [{ price: null }, lamp] });
	});

	test('stays two when they have nothing in common', () => {
		const first = { value: rows({ name: 'Lamp' }), ...alone };
		const second = { value: rows({ price: 5 }), own: '', shared: 'Lamp 5' };
		expect(mergeValues([first, second]).value).toEqual(rows({ name: 'Lamp' }, { price: 5 }));
	});

	test('stays two when it only looks like a half', () => {
		const first = { value: rows({ name: 'Lamp', price: 5, color: 'red' }), ...alone };
		const second = { value: rows({ name: 'Lamp', price: 6 }), own: '', shared: 'Lamp 5 red' };
		expect(mergeValues([first, second]).value).toMatchObject({ rows: [{}, { price: 6 }] });
	});
});
