import { readAnswer } from '../../core/extract/answer/readAnswer';
import { readTarget } from '../../core/extract/targetSchema';
import type { Row } from './answerRow';
import { CALLS_AND_ENVELOPES, LABELLED, OTHER_FORMS, PLACEHOLDERS } from './wholeAnswers';

const cases = (rows: readonly Row[]) => rows.map((row) => [JSON.stringify(row.text), row] as const);

describe.each([
	['labels', LABELLED],
	['calls and envelopes', CALLS_AND_ENVELOPES],
	['placeholders', PLACEHOLDERS],
	['other forms', OTHER_FORMS],
])('%s', (_kind, rows) => {
	test.each(cases(rows))('%s', (_text, { text, schema, document, value, refusal }) => {
		const read = readAnswer(text, readTarget({ ...schema }), { text: document });
		if (refusal) {
			const said = read.ok
				? JSON.stringify(read.value)
				: read.failures.map(({ code, path }) => `${code} ${path}`).join('\n');
			expect(read.ok).toBe(false);
			expect(said).toMatch(refusal);
			return;
		}
		expect(read).toMatchObject({ ok: true, value });
		if (read.ok) expect(read.value).toEqual(value);
		// What is not the value itself is named.
		if (read.ok && text !== JSON.stringify(value)) expect(read.warnings).not.toEqual([]);
	});
});
