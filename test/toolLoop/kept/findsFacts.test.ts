import { isWholeSweep } from '../../support/sweep';
import { keptIn, readWith } from './scriptedReader';

const ROWS = 50_000;
const codeOf = (row: number) => `K${(row * 7919) % 1_000_003}`;
const words =
	'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ';
const filler = (row: number) => `${words.slice(row % 40)}${row % 97}`;
const rows = Array.from({ length: ROWS }, (_none, id) => ({
	...{ id, customer: `Customer ${id}`, note: filler(id), code: codeOf(id) },
}));
const sentence = ({ id, note, code }: (typeof rows)[number]) =>
	`Customer ${id} wrote: ${note}. The code is ${code}.`;

const FORMS: Array<[form: string, result: unknown]> = [
	['JSON', { total: ROWS, rows }],
	[
		'CSV',
		`id,customer,note,code\r\n${rows.map((row) => Object.values(row).join(',')).join('\r\n')}`,
	],
	['text', rows.map(sentence).join(' ')],
];

/** All over the result, its ends included. */
const PLACES = isWholeSweep ? 100 : 12;
const places = Array.from({ length: PLACES }, (_none, at) =>
	Math.round((at * (ROWS - 1)) / (PLACES - 1)),
);

test.each(FORMS)(
	`a fact at each of ${PLACES} places in 5 MB of %s is found in two calls`,
	async (_form, result) => {
		const size = (typeof result === 'string' ? result : JSON.stringify(result)).length;
		expect(size).toBeGreaterThan(4_900_000);
		let known: ReturnType<typeof keptIn> | undefined;
		const { ran, told, tokens } = await readWith(
			result,
			([preview, ...answers]) => {
				known ??= keptIn(preview);
				const { name, search, read } = known;
				const id = places[Math.floor(answers.length / 2)];
				if (id === undefined) return 'All found.';
				if (answers.length % 2 === 0)
					return { tool: search, args: { result: name, words: `Customer ${id} code` } };
				// The first hit is the best; what stands around it may not be all of it.
				const [, from = '', path] =
					/characters (\d+) to \d+(?:, (\S+))?:/.exec(answers.at(-1) ?? '') ?? [];
				const row = path?.replace(/\.\w+$/, '');
				const range = { from: Number(from), to: Number(from) + 250 };
				return {
					tool: read,
					args: { result: name, ...(row === undefined ? range : { path: row }) },
				};
			},
			// Old answers become stubs: what a preview has said is remembered by the reader.
			{ maxIterations: 500, contextTokens: 12_000 },
		);
		expect(ran.stopReason).toBe('answered');
		const parts = told.slice(1).filter((_part, at) => at % 2 === 1);
		expect(places.filter((id, at) => !parts[at]?.includes(codeOf(id)))).toEqual([]);
		expect(tokens).toBeLessThanOrEqual(4_000);
	},
	300_000,
);
