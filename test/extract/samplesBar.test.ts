import { extract } from '../../core';
import { marksOf } from '../../core/evaluate/score';
import { seededRandom } from '../../core/evaluate/statistics';
import { INVOICE_SCHEMA, invoices, type Invoice } from '../evaluate/invoices';
import { openGateway } from '../support/openGateway';

/**
 * What samples promise: planted errors are less sure than right values, for half as much again as one
 * answer costs. Errors are of every kind that models make: some answers have one of their own, some
 * documents are misread each time in the same way, which no vote can mend.
 */

type Value = Invoice['expected'];
type Random = () => number;

function misread(amount: number, random: Random): number {
	const cents = Math.round(amount * 100);
	const place = 10 ** Math.floor(random() * String(cents).length);
	return (cents + place * (1 + Math.floor(random() * 4))) / 100;
}
const anyLine = ({ lines }: Value, random: Random) => lines[Math.floor(random() * lines.length)];
const lastDigit = (text: string, random: Random) =>
	text.slice(0, -1) + ((Number(text.slice(-1)) + 1 + Math.floor(random() * 8)) % 10);

const ERRORS: Record<string, (value: Value, random: Random) => void> = {
	'a digit of the total': (value, random) => {
		value.total = misread(value.total, random);
	},
	'a digit of a price': (value, random) => {
		const line = anyLine(value, random);
		if (line) line.price = misread(line.price, random);
	},
	'a digit of the number': (value, random) => {
		value.number = lastDigit(value.number, random);
	},
	'another day': (value, random) => {
		const day = 13 + ((Number(value.date.slice(8)) - 12 + Math.floor(random() * 13)) % 15);
		value.date = `${value.date.slice(0, 8)}${day}`;
	},
	'an invented name': (value) => {
		value.supplier = 'Miller Ltd';
	},
	'another currency': (value) => {
		value.currency = value.currency === 'EUR' ? 'USD' : 'EUR';
	},
	'a price for the total': (value) => {
		value.total = value.lines[0]?.price ?? 0;
	},
	'goods for the supplier': (value) => {
		value.supplier = value.lines[0]?.name ?? '';
	},
	'prices of two rows exchanged': ({ lines: [a, b] }) => {
		if (a && b) [a.price, b.price] = [b.price, a.price];
	},
	'names of two rows exchanged': ({ lines: [a, b] }) => {
		if (a && b) [a.name, b.name] = [b.name, a.name];
	},
	'price and quantity of a row exchanged': (value, random) => {
		const line = value.lines.length > 1 ? anyLine(value, random) : undefined;
		if (line) [line.price, line.quantity] = [line.quantity, line.price];
	},
	'a row invented': (value, random) => {
		value.lines.push({ name: 'Delivery', quantity: 1, price: misread(4.9, random) });
	},
	'a row left out': (value) => {
		if (value.lines.length > 1) value.lines.pop();
	},
};
/** What remains is right. */
const LEAVES_NO_WRONG = ['a row left out'];

/** Of documents, and of answers. */
const SHARES = { document: 0.08, answer: 0.08 };
/** So that some errors outvote the right value, and no vote can mend others. */
const MANY = { document: 0.1, answer: 0.3 };
const list = invoices(100);

/** How often a right value is surer than a wrong one; a tie is half. */
function areaUnderCurve(right: readonly number[], wrong: readonly number[]): number {
	const wins = wrong.map((low) =>
		right.reduce((sum, high) => sum + (high > low ? 1 : high === low ? 0.5 : 0), 0),
	);
	return wins.reduce((sum, won) => sum + won, 0) / (right.length * wrong.length);
}

const shareOf = (flags: readonly boolean[]) => flags.filter(Boolean).length / flags.length;

async function measured(names: readonly string[], seed: number, shares = SHARES) {
	const random = seededRandom(seed);
	const any = () => names[Math.floor(random() * names.length)] ?? '';
	const misreadAlways = new Map(
		list.flatMap(({ id }) =>
			names.length > 0 && random() < shares.document ? [[id, { name: any(), seed: random() }]] : [],
		),
	);
	const { client, bodies } = await openGateway((body) => {
		const said = JSON.stringify(body.messages);
		const found = list.find(({ expected }) => said.includes(`${expected.number}\\n`));
		const value = structuredClone(found?.expected);
		const always = misreadAlways.get(found?.id ?? '');
		if (value && always) ERRORS[always.name]?.(value, () => always.seed);
		else if (value && random() < shares.answer) ERRORS[any()]?.(value, random);
		return { toolCalls: [{ name: 'save_extraction', arguments: JSON.stringify(value) }] };
	});
	const sure: { right: number[]; wrong: number[] } = { right: [], wrong: [] };
	/** Of documents with a wrong value, and without one: whether a person is to look at them. */
	const flags: { right: boolean[]; wrong: boolean[] } = { right: [], wrong: [] };
	for (const { text, expected } of list) {
		const result = await extract(client, { text, schema: INVOICE_SCHEMA, samples: 3 });
		const marks = marksOf(expected, result.output).filter(({ given }) => given !== undefined);
		const isWrong = marks.some(({ verdict }) => verdict !== 'right');
		(isWrong ? flags.wrong : flags.right).push(result.needsReview ?? false);
		for (const { verdict, given = '' } of marks) {
			sure[verdict === 'right' ? 'right' : 'wrong'].push(result.confidence?.[given] ?? 0);
		}
	}
	const cost = bodies().length / list.length;
	if (process.env.MEASURE) {
		const area = areaUnderCurve(sure.right, sure.wrong).toFixed(3);
		process.stderr.write(
			`${area} for ${cost}, ${shareOf(flags.wrong)}, ${shareOf(flags.right)} of ${String(names)}\n`,
		);
	}
	return { ...sure, flags, cost };
}

test.each([1, 2, 3])('planted errors rank below right values, seed %d', async (seed) => {
	const { right, wrong, cost, flags } = await measured(Object.keys(ERRORS), seed);
	expect(wrong.length).toBeGreaterThan(0);
	expect(areaUnderCurve(right, wrong)).toBeGreaterThanOrEqual(0.9);
	expect(cost).toBeLessThanOrEqual(1.5);
	expect(shareOf(flags.wrong)).toBeGreaterThanOrEqual(0.9);
	expect(shareOf(flags.right)).toBeLessThanOrEqual(0.1);
});

const third = { document: 0.3, answer: 0.3 };
const half = { document: 0.5, answer: 0.5 };

test.each([
	['a third', third, 1.5],
	['half, which costs more', half, 1.75],
] as const)('of all documents and answers, %s', async (_how, shares, most) => {
	const { right, wrong, cost, flags } = await measured(Object.keys(ERRORS), 1, shares);
	expect(areaUnderCurve(right, wrong)).toBeGreaterThanOrEqual(0.9);
	expect(cost).toBeLessThanOrEqual(most);
	expect(shareOf(flags.wrong)).toBeGreaterThanOrEqual(0.9);
	expect(shareOf(flags.right)).toBeLessThanOrEqual(0.1);
});

test.each(Object.keys(ERRORS))('%s, by a third of all answers', async (name) => {
	const { right, wrong, flags, cost } = await measured([name], 7, MANY);
	expect(cost).toBeLessThanOrEqual(1.5);
	if (LEAVES_NO_WRONG.includes(name)) return expect(wrong).toEqual([]);
	expect(wrong.length).toBeGreaterThan(0);
	expect(areaUnderCurve(right, wrong)).toBeGreaterThanOrEqual(0.9);
	expect(shareOf(flags.wrong)).toBeGreaterThanOrEqual(0.9);
	expect(shareOf(flags.right)).toBeLessThanOrEqual(0.1);
});

test('without errors, one answer is enough', async () => {
	const { cost, wrong } = await measured([], 7);
	expect([cost, wrong]).toEqual([1, []]);
});
