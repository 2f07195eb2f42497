import { z } from 'zod/v4';
import { z as mini } from 'zod/v4-mini';
import { z as old } from 'zod/v3';
import { readAnswer } from '../../core/extract/answer/readAnswer';
import { readTarget } from '../../core/extract/targetSchema';
import {
	AMOUNTS_IN_WORDS,
	DAYS_AND_TIMES,
	NO_NUMBERS,
	SAID_OF_CHOICES,
	type FieldText,
} from './fieldTexts';

const ROWS = [...AMOUNTS_IN_WORDS, ...NO_NUMBERS, ...DAYS_AND_TIMES, ...SAID_OF_CHOICES];

test('the table has more than 300 rows', () => {
	expect(ROWS.length).toBeGreaterThan(300);
});

const named = ROWS.map((row) => [row.kind, JSON.stringify(row.given), row] as const);

/** As a model gives it, in a field of an answer. */
function readField({ wanted, given, text }: FieldText) {
	const schema = { type: 'object', properties: { field: wanted }, required: ['field'] };
	return readAnswer(JSON.stringify({ field: given }), readTarget(schema), { text });
}

test.each(named)('%s: %s', (_kind, _given, row) => {
	const read = readField(row);
	if (row.value === undefined) {
		expect(read.ok ? read.value : 'refused').toBe('refused');
		return;
	}
	expect(read).toMatchObject({ ok: true, value: { field: row.value } });
	if (read.ok) expect(read.warnings.join()).toContain('coerced /field');
});

const DATES: Array<[name: string, schema: Parameters<typeof readTarget>[0]]> = [
	['z.date() of zod 4', z.object({ day: z.date() })],
	['z.coerce.date() of zod 4', z.object({ day: z.coerce.date() })],
	['a nullable date of zod 4', z.object({ day: z.date().nullable() })],
	['z.date() of zod mini', mini.object({ day: mini.date() })],
	['z.date() of zod 3', old.object({ day: old.date() })],
	['z.coerce.date() of zod 3', old.object({ day: old.coerce.date().optional() })],
];
const SPELLINGS =
	'27 November 2026|November 27, 2026|27. November 2026|27 novembre 2026|27 de noviembre de 2026|27 de novembro de 2026|27 ноября 2026 г.|2026年11月27日|2026년 11월 27일|27.11.2026|27-Nov-2026|Friday, 27 November 2026|20261127';

describe.each(DATES)('%s', (_name, schema) => {
	test.each(SPELLINGS.split('|'))('reads %s as its midnight in UTC, with a warning', (said) => {
		const read = readAnswer(JSON.stringify({ day: said }), readTarget(schema));
		expect(read).toMatchObject({ ok: true, value: { day: new Date('2026-11-27T00:00:00Z') } });
		if (read.ok) expect(read.warnings.join()).toContain('coerced /day');
	});

	test.each(['03/04/2026', '27.11.26', '27 November 2026 at 10:00', 'November 2026', '10:00'])(
		'refuses %s',
		(said) => {
			const read = readAnswer(JSON.stringify({ day: said }), readTarget(schema));
			expect(read.ok).toBe(false);
		},
	);
});
