import { readAnswer } from '../../core/extract/answer/readAnswer';
import { readTurn } from '../../core/extract/answer/readTurn';
import { readTarget } from '../../core/extract/targetSchema';
import { EXTRACT_TOOL } from '../../core/extract/prompts';
import { list, of, string } from './answerRow';

/** What the words around a value do, wherever it stands: in prose, in a fence, in a tool call. */
const person = of({ name: string, age: { type: ['number', 'null'] }, note: string }, ['name']);
const target = readTarget(of({ rows: list(person) }));
const one = readTarget(person);
const ADA = '{"name":"Ada","age":36}';
const TWO = `{"rows":[${ADA},{"name":"Bob","age":40}]}`;
const lines = (text: string) => text.trim().split(/\s*\n\s*/);
const fenced = (json: string) => `\`\`\`json\n${json}\n\`\`\``;

async function inPlaces(json: string, line: string, asked = one, text = 'Ada 36, Bob 40') {
	const toolCalls = [{ name: EXTRACT_TOOL, arguments: json, id: '1' }];
	const request = { text, coerce: true, minEvidence: 0 };
	const read = [
		readAnswer(`${json}\n\n${line}`, asked, { text }),
		readAnswer(`${fenced(json)}\n\n${line}`, asked, { text }),
		await readTurn({ target: asked, request }, { text: line, toolCalls }),
	];
	return read.map((one) => (one.ok ? one.warnings.join() : 'again'));
}
const AGAIN = ['again', 'again', 'again'];
const PROSE = ['prose', 'fenced,prose', 'prose'];

test.each(
	lines(`
		I could not read the age.
		The age could not be read.
		Sorry, I could not read the document.
		読めませんでした。
		无法读取。
		The correct name is Eda.
		She is 37.
		Sie ist 37 Jahre alt.
		Ada or Eda?
		Eda oder Ada?
		36 or 37?
		I take that back.
		Do not use this.
		Only 1 of 3 rows.
		Nur 1 von 3 Zeilen
		The second page is missing.
		One item is missing.
		Es fehlen noch Zeilen.
		Page 1 of 2:
		Seite 1 von 2
	`),
)('"%s" asks again in each place', async (line) => {
	expect(await inPlaces(ADA, line)).toEqual(AGAIN);
});

test.each(
	lines(`
		I could not read the logo.
		The correct name is Ada.
		She is 36.
		It is 2 pages long.
		Eda or Bob?
		Only 3 of 3 rows.
		No page is missing.
		One row is missing an amount.
		Page 2 of 2
		Low confidence
		I hope this helps!
	`),
)('"%s" is prose in each place', async (line) => {
	expect(await inPlaces(ADA, line)).toEqual(PROSE);
});

test('what only hands a value over leaves no trace beside a fence or a call', async () => {
	expect(await inPlaces(ADA, 'Here is the data.')).toEqual(['prose', 'fenced', '']);
	expect(await inPlaces('{"name":"Ada","age":null}', 'I could not read the age.')).toEqual(PROSE);
	const before = readAnswer(`I could not read the age.\n\n${fenced(ADA)}`, one);
	expect(before.ok).toBe(false);
});

const COUNTS = lines(`
	3 rows in total.
	There are three rows.
	Il y a trois lignes.
	Es gibt drei Zeilen.
	(3 rows)
	3 rows
	3 items:
	**3 records found**
	I found 3 items.
`);
test.each(COUNTS)('"%s" counts more than two entries', async (line) => {
	expect(await inPlaces(TWO, line, target)).toEqual(AGAIN);
	const fitting = line.replace('3', '2').replace(/three|trois|drei/, 'two');
	expect(await inPlaces(TWO, fitting, target)).toEqual(PROSE);
});
test.each(['3 columns', 'Three names begin with A.', 'The first three rows are new.'])(
	'"%s" counts no entries',
	async (line) => {
		expect(await inPlaces(TWO, line, target)).toEqual(PROSE);
	},
);

test.each([
	['Title: Maybe Baby', 'Maybe Baby', 'prose'],
	['Found: Possibly Ltd', 'Possibly Ltd', 'prose'],
	['**Perhaps Love**', 'Perhaps Love', 'prose'],
	['Call Me Maybe', 'Call Me Maybe', 'prose'],
	['Maybe Baby, probably', 'Maybe Baby', 'again'],
	['Maybe Baby', 'Baby', 'again'],
	['Probably:', 'Likely Inc', 'again'],
])('%j beside %j: %s', async (line, name, outcome) => {
	const [prose] = await inPlaces(JSON.stringify({ name }), line, one, `The document: ${name}`);
	expect(prose).toBe(outcome);
	const [unsaid] = await inPlaces(JSON.stringify({ name }), line, one, 'Another');
	expect(unsaid).toBe('again');
});

test.each([
	['room TBD', ''],
	['room', 'remark /note: TBD'],
	['roomTBD', 'remark /note: TBD'],
])('a note TBD about %j', (text, remark) => {
	const read = readAnswer('{"name":"Ada","note":"TBD"}', one, { text });
	expect(read.ok && read.warnings.join()).toBe(remark);
});

test.each([
	[`Data for "Ada":\n${ADA}`, true],
	[`“ACME”:\n${ADA}`, true],
	[`'Ada':\n${ADA}`, true],
	[`From lines 3, 4, 5,\n${ADA}`, true],
	[`He said "yes",\n\n${ADA}`, true],
	[`ohn", "age": 5},\n${ADA}`, false],
	[`ohn", "b",\n${ADA}`, false],
	[`1, 2,\n${ADA}`, false],
	[`x", "name":\n${ADA}`, false],
	[`the data: "Ada": ${ADA}`, false],
])('%j is read: %j', (text, isRead) => {
	expect(readAnswer(text, one).ok).toBe(isRead);
});

const flagged = (key: string, value: unknown) =>
	readAnswer(JSON.stringify({ rows: [{ name: 'Ada', age: 36, [key]: value }] }), target);
test.each([
	...['deleted', 'isDeleted', 'cancelled', 'void', 'is_total', 'made_up', 'low_confidence'],
	...['storniert', 'annulé', 'отменено', '作废', 'duplicate'],
])('a row with the flag %j has a remark', (key) => {
	const [yes, no] = [flagged(key, true), flagged(key, false)];
	expect(yes.ok && yes.warnings).toEqual([`remark /rows/0/${key}: true`]);
	expect(no.ok && no.warnings).toEqual([]);
});
test.each([
	['paid', true],
	['total', 36],
	['deleted_items', 0],
])('%j: %j is a fact of a row', (key, value) => {
	const read = flagged(key, value);
	expect(read.ok && read.warnings).toEqual([]);
});
