import { coerce } from '../../core/extract/answer/coercion/coerce';
import { unsafeNumbers } from '../../core/json/exactJson';
import { valueCheck } from '../../core/schema/valueCheck';
import { NUMBERS } from './numberRows';
import type { Row } from './readableRow';
import { BESIDE, COMBINED, LISTS, OBJECTS } from './structureRows';
import { CURRENCY_KEYS, TABLES } from './tableRows';
import { CHOICES, DATES, WORDS } from './wordRows';

const ROWS = [
	...NUMBERS,
	...DATES,
	...CHOICES,
	...WORDS,
	...LISTS,
	...OBJECTS,
	...BESIDE,
	...COMBINED,
	...TABLES,
	...CURRENCY_KEYS,
];

/** What comes out by the caller's own schema, as extraction does it. */
function outcome({ schema, input, text }: Row) {
	const check = valueCheck(schema, 'The schema');
	if (check(input).ok) return { value: input, warnings: [], failures: [] };
	const coerced = coerce(input, schema, text === undefined ? {} : { text });
	const checked = check(coerced.value);
	return checked.ok && unsafeNumbers(coerced.value, coerced.numbers).length === 0
		? { value: coerced.value, warnings: coerced.warnings, failures: [] }
		: { value: undefined, warnings: [], failures: coerced.failures };
}

test('the table has more than 250 rows', () => {
	expect(ROWS.length).toBeGreaterThan(250);
});

test.each(
	ROWS.map(
		(row) =>
			[`${JSON.stringify(row.input)} by ${JSON.stringify(row.schema).slice(0, 120)}`, row] as const,
	),
)('%s', (_name, row) => {
	const { value, warnings, failures } = outcome(row);
	if ('refused' in row) {
		expect(value).toBeUndefined();
		if (row.refused) expect(failures.map(({ message }) => message).join()).toMatch(row.refused);
		return;
	}
	expect(value).toEqual(row.value);
	const isChanged = JSON.stringify(value) !== JSON.stringify(row.input);
	expect(warnings.length > 0).toBe(isChanged);
	if (row.warning) expect(warnings.join('\n')).toMatch(row.warning);
});
