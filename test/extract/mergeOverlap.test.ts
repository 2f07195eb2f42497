import { mergeValues } from '../../core/extract/parts/merge';

describe('what two parts say that overlap', () => {
	const part = (value: unknown, shared: string, own: string) => ({ value, shared, own });
	const list = (...entries: unknown[]) => ({ list: entries });

	test.each<[name: string, first: unknown[], second: unknown[], shared: string, all: unknown[]]>([
		['numbers', [5, 7, 7], [7, 7, 9], '7 ; 7\n', [5, 7, 7, 9]],
		['numbers that come again', [5, 7], [7, 7], '7\n', [5, 7, 7]],
		['texts', ['Ada', 'Bob'], ['Bob', 'Ada'], 'Bob\n', ['Ada', 'Bob', 'Ada']],
		[
			'lists',
			[['a', 1]],
			[
				['a', 1],
				['b', 2],
			],
			'a 1\n',
			[
				['a', 1],
				['b', 2],
			],
		],
		['nested records', [{ a: { n: 1 } }], [{ a: { n: 1 } }], '1\n', [{ a: { n: 1 } }]],
	])('%s', (_name, first, second, shared, all) => {
		const own = `${second
			.flat()
			.map((one) => JSON.stringify(one))
			.join(' ')}\n`;
		// The own text of the second part says what the shared one does not.
		const rest = own.replace(JSON.stringify(second[0]), '');
		const before = `${JSON.stringify(first)}\n${shared}`;
		const merged = mergeValues([
			part(list(...first), '', before),
			part(list(...second), shared, rest),
		]);
		expect(merged.value).toEqual(list(...all));
	});

	test('three in the overlap stay three, and two hundred short rows two hundred', () => {
		const row = { item: 'A', n: 7 };
		const texts = (count: number) => 'A 7\n'.repeat(count);
		const many = (count: number) => list(...Array.from({ length: count }, () => row));
		const first = part(many(103), '', texts(103));
		const second = part(many(100), texts(3), texts(97));
		expect(mergeValues([first, second])).toEqual({ value: many(200), warnings: [] });
	});

	test('a field that the text does not say, or in another spelling, costs no record', () => {
		const row = (n: number) => ({ item: 'Lamp', total: 50_000, mood: 'good', id: n });
		const text = (from: number, to: number) =>
			Array.from({ length: to - from }, (_, n) => `${from + n} Lamp 五万 +\n`).join('');
		const rows = (from: number, to: number) =>
			list(...Array.from({ length: to - from }, (_, n) => row(from + n)));
		const first = part(rows(0, 12), '', text(0, 12));
		const second = part(rows(10, 20), text(10, 12), text(12, 20));
		expect(mergeValues([first, second])).toEqual({ value: rows(0, 20), warnings: [] });
	});

	test('entries that no place is known of are kept, with a warning', () => {
		const first = part(list('good', 'bad'), '', 'I like it.\nI hate it.\n');
		const second = part(list('bad', 'good'), 'I hate it.\n', 'I love it.\n');
		const merged = mergeValues([first, second]);
		expect(merged.value).toEqual(list('good', 'bad', 'bad', 'good'));
		expect(merged.warnings).toEqual([expect.stringMatching(/^maybe twice \/list: /)]);
	});

	test('one row that is read in two ways is one, and a conflict', () => {
		const first = part(list({ said: 'Great lamp', mood: 'good' }), '', 'A\nGreat lamp\n');
		const second = part(list({ said: 'Great lamp', mood: 'fair' }), 'Great lamp\n', 'B\n');
		const merged = mergeValues([first, second]);
		expect(merged.value).toEqual(list({ said: 'Great lamp', mood: 'good' }));
		expect(merged.warnings).toEqual(['conflict /list/0/mood: kept "good", also "fair"']);
	});

	test('the lines of an order that the border has cut are put together', () => {
		const order = (...lines: string[]) => list({ order: 'R-7', lines });
		const first = part(order('Lamp', 'Chair'), '', 'Order R-7\nLamp\nChair\n');
		const second = part(order('Lamp', 'Chair', 'Table'), 'Order R-7\nLamp\nChair\n', 'Table\n');
		expect(mergeValues([first, second]).value).toEqual(order('Lamp', 'Chair', 'Table'));
	});

	test('chosen values in a record that both parts give are no more than before', () => {
		const first = part(list({ said: 'Lamp 5', tags: ['good'] }), '', 'A\nLamp 5\n');
		const second = part(list({ said: 'Lamp 5', tags: ['good'] }), 'Lamp 5\n', 'B\n');
		const whole = list({ said: 'Lamp 5', tags: ['good'] });
		expect(mergeValues([first, second])).toEqual({ value: whole, warnings: [] });
	});

	test('entries without their record continue the last one, and a warning names it', () => {
		const first = part(list({ order: 'R-7', lines: ['Lamp'] }), '', 'Order R-7\nLamp\n');
		const second = part(list({ order: null, lines: ['Chair'] }), '', 'Chair\n');
		const merged = mergeValues([first, second]);
		expect(merged.value).toEqual(list({ order: 'R-7', lines: ['Lamp', 'Chair'] }));
		expect(merged.warnings).toEqual([expect.stringMatching(/^continued \/list\/0: /)]);
	});

	test('a row that was cut has no second one where its number was not there yet', () => {
		const first = part(list({ item: 'Lamp', price: 0 }), '', 'A\nLamp\n');
		const second = part(list({ item: 'Lamp', price: 5 }), 'Lamp\n', '5 EUR\n');
		expect(mergeValues([first, second]).value).toEqual(list({ item: 'Lamp', price: 5 }));
	});

	test('entries of one place whose records are two are kept, with a warning', () => {
		const lines = ['Lamp'];
		const first = part(list({ order: 'R-7', lines }), '', 'Order R-7\nOrder R-8\nLamp\n');
		const second = part(list({ order: 'R-8', lines }), 'Order R-8\nLamp\n', 'Chair\n');
		const merged = mergeValues([first, second]);
		expect(merged.value).toEqual(list({ order: 'R-7', lines }, { order: 'R-8', lines }));
		expect(merged.warnings).toEqual([expect.stringMatching(/^maybe twice \/list\/1\/lines: /)]);
	});

	test('`uniqueItems` holds for the whole', () => {
		const schema = {
			properties: { list: { $ref: '#/$defs/l' } },
			$defs: { l: { uniqueItems: true } },
		};
		const parts = [part(list('a', 'b'), '', 'a b'), part(list('a', 'c'), '', 'a c')];
		expect(mergeValues(parts, schema).value).toEqual(list('a', 'b', 'c'));
	});
});

describe('positions stay', () => {
	const numbers = { type: 'array', items: { type: 'number' } };
	const pair = { prefixItems: [{ type: 'string' }, { type: 'number' }] };
	test.each<[name: string, schema: object, first: unknown, second: unknown, all: unknown]>([
		['of a tuple', pair, ['x', null], [null, 5], ['x', 5]],
		['of a tuple of draft 7', { items: pair.prefixItems }, ['x'], ['x', 5], ['x', 5]],
		['with a list behind them', { ...pair, items: {} }, ['x', 5, 'a'], ['x', 5, 'b'], 'x5ab'],
		['of a box', { ...numbers, minItems: 2, maxItems: 2 }, [1, 2], [1, 2], [1, 2]],
		[
			'but of entries that fill up',
			{ ...numbers, minItems: 3, maxItems: 3 },
			[1, 2],
			[3],
			[1, 2, 3],
		],
	])('%s', (_name, schema, first, second, all) => {
		const parts = [first, second].map((value) => ({ value: { a: value }, own: '-', shared: '' }));
		const merged = mergeValues(parts, { properties: { a: schema } });
		const list = typeof all === 'string' ? ['x', 5, 'a', 'b'] : all;
		expect(merged).toEqual({ value: { a: list }, warnings: [] });
	});

	test('in the records of a list as well', () => {
		const record = { properties: { at: pair }, required: ['at'] };
		const schema = { properties: { list: { items: record } } };
		const value = { list: [{ at: ['Lamp', 5] }] };
		const parts = [
			{ value, own: 'Chair 7\nLamp 5\n', shared: '' },
			{ value, own: 'and more\n', shared: 'Lamp 5\n' },
		];
		expect(mergeValues(parts, schema)).toEqual({ value, warnings: [] });
	});
});

describe('of single values', () => {
	const said = (value: unknown, own: string) => ({ value: { a: value }, own, shared: '' });
	test.each<[first: unknown, second: unknown, kept: unknown, warns: boolean]>([
		['', 'Ada', 'Ada', true],
		[0, 100, 100, true],
		[5, 0, 5, true],
		[null, 0, 0, false],
		[undefined, '', '', false],
		[false, true, false, true],
		[{}, { n: 1 }, { n: 1 }, false],
		[[], 'x', 'x', true],
	])('%j and %j', (first, second, kept, warns) => {
		const merged = mergeValues([said(first, 'nothing'), said(second, 'Ada 100 5 x')]);
		expect(merged.value).toEqual({ a: kept });
		expect(merged.warnings.length > 0).toBe(warns);
	});

	test.each([
		...['N/A', 'unknown', '-', '—', '…', '?', 'not given', 'nicht angegeben', 'k. A.', 'inconnu'],
		...['desconocido', '不明', 'не указано', 'not stated on this page', 'steht hier nicht'],
		...['(see next page)', 'siehe unten', 'a completar', '次のページ参照'],
	])('%j gives way to what a part says', (word) => {
		const merged = mergeValues([said(word, 'nothing'), said('Ada Smith', 'by Ada Smith')]);
		expect(merged.value).toEqual({ a: 'Ada Smith' });
		expect(merged.warnings).toEqual([`conflict /a: kept "Ada Smith", also "${word}"`]);
	});

	test('what is chosen need not be said', () => {
		const schema = { properties: { a: { enum: ['invoice', 'letter'] } } };
		const parts = [said('invoice', 'Total 5'), said('letter', 'A letter of June')];
		expect(mergeValues(parts, schema).value).toEqual({ a: 'invoice' });
	});

	test('a zero that the text says is one', () => {
		const merged = mergeValues([said(0, 'Left: 0'), said(100, 'Left: 100')]);
		expect(merged).toEqual({ value: { a: 0 }, warnings: ['conflict /a: kept 0, also 100'] });
	});

	test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('a field %s', (key) => {
		const parts = [{}, JSON.parse(`{"${key}":"x"}`), {}].map((value) => ({
			...{ value, own: 'x', shared: '' },
		}));
		expect(JSON.stringify(mergeValues(parts).value)).toBe(`{"${key}":"x"}`);
	});
});
