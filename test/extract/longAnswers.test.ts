import { answerSteps, readAnswer } from '../../core/extract/answer/readAnswer';
import { readTarget } from '../../core/extract/targetSchema';
import { list, number, of, string } from './answerRow';

const row = of({ name: string, amount: number, note: string });
const target = readTarget({ ...of({ rows: list(row) }) });

/** How often others may run while an answer is read. */
function pausesIn(text: string): number {
	const steps = answerSteps(text, target, {});
	let count = 0;
	while (!steps.next().done) count += 1;
	return count;
}

test('a long answer is looked through in pieces', () => {
	const note = 'As agreed on the phone, it is paid later.';
	const rows = (count: number) =>
		JSON.stringify({
			rows: Array.from({ length: count }, (_, amount) => ({ name: 'A', amount, note })),
		});
	expect(pausesIn(rows(2000)) - pausesIn(rows(1))).toBeGreaterThanOrEqual(2000 / 100);
	const csv = (count: number) => `name,amount,note\n${`A,1,"${note}"\n`.repeat(count)}`;
	expect(pausesIn(csv(2000)) - pausesIn(csv(1))).toBeGreaterThanOrEqual(2000 / 100);
	// Each form that an answer may have is tried by itself.
	expect(pausesIn('I could not read it.\n'.repeat(5000))).toBeGreaterThan(8);
});

test.each([
	'I could not read it.\n\n',
	'- x\n\n',
	'name: x\n\n',
	'| a | b |\n',
	'a = b\n',
	'{ "a" \n\n',
	'Record 1:\n\n',
	'<a>x</a>\n\n',
])('more lines than a call has room for arguments: %j', (line) => {
	const text = line.repeat(200_000);
	expect(readAnswer(text, target)).toMatchObject({ ok: false });
});

test('as many values of which each may be two', () => {
	const ids = readTarget({ ...of({ ids: list(number) }) });
	const text = JSON.stringify({ ids: Array.from({ length: 200_000 }, () => '1,234').join(';') });
	expect(readAnswer(text, ids)).toMatchObject({ ok: false });
	const block = `note: >\n${'  a\n'.repeat(200_000)}`;
	const notes = readTarget({ ...of({ note: string }) });
	expect(readAnswer(block, notes).ok).toBe(false);
});
