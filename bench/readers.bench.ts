import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '../core/lib/isRecord';
import { CASES } from './readers/cases';
import { informationExtractor, openAnswers, ours, peers, type Outcome } from './readers/contenders';

jest.setTimeout(20 * 60_000);

const NAMES: Record<string, string> = {
	ours: 'TokenHub Structured JSON Extract',
	baml: 'BAML 0.226',
	instructor: 'instructor 1.7 (JSON mode)',
	aiSdk: 'AI SDK 7 (generateObject)',
	theirs: 'Information Extractor (n8n 2.41.1)',
};

type Verdict = 'right' | 'wrong' | 'refused';

/** To a person, a missing optional value and null are the same. */
function withoutNulls(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutNulls);
	if (!isRecord(value)) return value;
	const entries = Object.entries(value).filter(([, entry]) => entry !== null);
	return Object.fromEntries(entries.map(([key, entry]) => [key, withoutNulls(entry)]));
}

function verdict(outcome: Outcome | undefined, wanted: unknown): Verdict {
	if (!outcome || 'refused' in outcome) return wanted === undefined ? 'right' : 'refused';
	const isMeant = wanted !== undefined;
	const [given, meant] = [outcome.value, wanted].map(withoutNulls);
	return isMeant && isDeepStrictEqual(given, meant) ? 'right' : 'wrong';
}

function cell(outcome: Outcome | undefined, wanted: unknown): string {
	const judged = verdict(outcome, wanted);
	if (judged === 'right') return wanted === undefined ? 'refused' : 'read';
	if (judged === 'refused' || !outcome || 'refused' in outcome) return 'not read';
	return `**wrong**: \`${JSON.stringify(outcome.value)?.slice(0, 60).replaceAll('|', '\\|')}\``;
}

const page = (columns: Record<string, Outcome[]>): string => {
	const names = Object.keys(columns);
	const sums = names.map((name) => {
		const all = CASES.map(({ value }, index) => verdict(columns[name]?.[index], value));
		const count = (wanted: Verdict) => all.filter((one) => one === wanted).length;
		return `| ${NAMES[name] ?? name} | ${count('right')} | ${count('refused')} | ${count('wrong')} |`;
	});
	const rows = CASES.map(({ name, value }, index) => {
		const cells = names.map((column) => cell(columns[column]?.[index], value));
		return `| ${[name, ...cells].join(' | ')} |`;
	});
	return `# Readers of broken answers

Made by \`npm run bench -- readers\`. Each reader gets the same ${CASES.length} answers ([the table](readers/cases.ts)) with the same JSON Schema in its own language, and has one try. "Right" is the value that a person would read, or a refusal if no single value can be meant; "wrong" is any other value returned without an error.

| reader | right | not read | wrong |
| --- | --- | --- | --- |
${sums.join('\n')}

| answer | ${names.map((name) => NAMES[name] ?? name).join(' | ')} |
| --- | ${names.map(() => '---').join(' | ')} |
${rows.join('\n')}
`;
};

test('readers of broken answers', async () => {
	const gateway = await openAnswers();
	try {
		const own = await ours(gateway);
		const columns = {
			ours: own,
			...(await peers()),
			theirs: await informationExtractor(gateway),
		};
		writeFileSync(join(__dirname, 'readers.md'), page(columns));
		process.stdout.write(`\n${page(columns)}\n`);
		const verdicts = CASES.map(({ value }, index) => verdict(own[index], value));
		expect(verdicts.filter((one) => one === 'wrong')).toEqual([]);
	} finally {
		await gateway.close();
	}
});
