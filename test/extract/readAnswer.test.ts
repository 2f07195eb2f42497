import { readAnswer } from '../../core/extract/answer/readAnswer';
import { readTarget } from '../../core/extract/targetSchema';
import { besideAnswers } from './besideAnswers';
import type { Row } from './answerRow';
import { brokenAnswers } from './brokenAnswers';
import { callAnswers } from './callAnswers';
import { countedForms } from './countedForms';
import { glanceForms } from './glanceForms';
import { otherForms } from './otherForms';
import { silentAnswers } from './silentAnswers';
import { withdrawnAnswers } from './withdrawnAnswers';

test('the table has at least 150 rows', () => {
	expect(brokenAnswers.length).toBeGreaterThanOrEqual(150);
});

test.each(
	[
		...brokenAnswers,
		...silentAnswers,
		...withdrawnAnswers,
		...besideAnswers,
		...otherForms,
		...callAnswers,
		...glanceForms,
		...countedForms,
	].map((row): [string, Row] => [row.text.slice(0, 80), row]),
)('%j', (_text, { text, schema, document, value, warnings, forms, refusal }) => {
	const read = readAnswer(text, readTarget({ ...schema }), { text: document });
	if (refusal) {
		const said = read.ok
			? `read as ${JSON.stringify(read.value)}`
			: read.failures.map(({ code, path, message }) => `${code} ${path} ${message}`).join('\n');
		expect(said).toMatch(refusal);
		expect(read.ok).toBe(false);
		return;
	}
	expect(read).toMatchObject({ ok: true });
	if (!read.ok) return;
	expect(read.value).toEqual(value);
	const names = read.warnings.map((warning) => warning.replace(/^(otherCandidates).*/, '$1'));
	if (warnings) expect(names).toEqual(warnings);
	if (forms) expect(readFrom(read.warnings)).toEqual(forms);
});

function readFrom(warnings: readonly string[]): string[] {
	const own = warnings.filter((warning) => !/^(?:coerced|dropped) /.test(warning));
	return own.map((warning) => warning.replace(/:.*/, ''));
}
