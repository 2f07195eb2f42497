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

describe('a record at the border of two parts', () => {
	const order = (id: string, total: number | null, ...lines: string[]) => ({ id, total, lines });
	const part = (...orders: object[]) => ({ value: { orders }, ...alone });
	const whole = [order('A', 1, 'x'), order('B', 2, 'y')];
	const NAMED = /^maybe cut \/orders\/2: .*"total"/;

	test.each([
		['the last of its part', [part(...whole, order('C', null, 'z')), part(order('D', 4, 'q'))]],
		['the first of its part', [part(...whole), part(order('C', null, 'z'), order('D', 4, 'q'))]],
	])('that lacks what the others have is named: %s', (_name, parts) => {
		expect(mergeValues(parts).warnings).toEqual([expect.stringMatching(NAMED)]);
	});

	test.each([
		[
			'others lack it too',
			[part(order('A', null), order('B', 2)), part(order('C', null), order('D', 4))],
		],
		[
			'it is not at a border',
			[part(...whole, order('C', null), order('D', 4)), part(order('E', 5))],
		],
		['there is one part', [part(...whole, order('C', null))]],
		['there are two records', [part(order('A', null)), part(order('B', 2))]],
		['only its list is empty', [part(...whole, order('C', 3)), part(order('D', 4, 'q'))]],
	])('is not named where %s', (_name, parts) => {
		expect(mergeValues(parts).warnings).toEqual([]);
	});
});
