import { z } from 'zod';
import { readAnswer } from '../../core/extract/answer/readAnswer';
import { readTarget, type SchemaSource } from '../../core/extract/targetSchema';

const number = { type: 'number' };
const string = { type: 'string' };
const row = { type: 'object', properties: { name: string, amount: number }, required: ['name'] };
const open = {
	type: 'object',
	properties: { total: number, vendor: string, rows: { type: 'array', items: row } },
	required: ['total'],
};
const zodSchema = z.object({
	total: z.number(),
	vendor: z.string().optional(),
	rows: z.array(z.object({ name: z.string(), amount: z.number().optional() })).optional(),
});
/** What lets other keys pass, what forbids them, and what leaves them out without a word. */
const SCHEMAS: SchemaSource[] = [open, { ...open, additionalProperties: false }, zodSchema];
const targets = SCHEMAS.map(readTarget);
const target = readTarget(open);
const stripping = readTarget(zodSchema);
const answer = { total: 14, rows: [{ name: 'Bolt', amount: 14 }] };

/** What becomes of an answer under each schema: the code of the refusal, or what is remarked. */
function outcomes(text: string) {
	const all = targets.map((target) => {
		const read = readAnswer(text, target);
		if (!read.ok) return read.failures[0]?.code ?? 'refused';
		const remarks = read.warnings.filter((one) => one.startsWith('remark'));
		return remarks.length > 0 ? remarks : 'nothing';
	});
	expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
	return all[0];
}

const DOUBTS =
	'TODO verify|14?|??|check this|not sure|low confidence|approx|in EUR|see line 3|the text says 14|should match the invoice|bitte prüfen|à vérifier|da verificare|verificar|проверить|要確認|需核实|확인 필요'.split(
		'|',
	);
const COMMENT_FORMS: Array<(words: string) => string> = [
	(words) => `{"total": 14, // ${words}\n"rows": []}`,
	(words) => `{"total": 14 /* ${words} */, "rows": []}`,
	(words) => `{\n# ${words}\n"total": 14, "rows": []}`,
	(words) => `{"total": /* ${words} */ 14, "rows": []}`,
	(words) => `Here it is:\n\`\`\`json\n{"total": 14 // ${words}\n}\n\`\`\``,
	(words) => `total: 14 # ${words}\nvendor: ACME`,
];

test.each(DOUBTS.flatMap((words) => COMMENT_FORMS.map((form) => [form(words), words] as const)))(
	'%j is read, and its comment is told',
	(text, words) => {
		expect(outcomes(text)).toEqual([`remark /total: ${words}`]);
	},
);

const OTHER_VALUES =
	'15|(15)|~15?|or 15?|maybe 15|could be 15|15 in the text|original: 15|document says 15|oder 15|peut-être 15|quizás 15|forse 15|talvez 15|возможно 15|可能是15|おそらく15|아마 15|should be 15|wrong|placeholder|falsch|неверно'.split(
		'|',
	);

test.each(OTHER_VALUES.flatMap((words) => COMMENT_FORMS.map((form) => form(words))))(
	'%j is asked for again',
	(text) => {
		targets.forEach((target) => expect(readAnswer(text, target).ok).toBe(false));
	},
);

test.each([
	['{"vendor": "Bolt" // or "Nut"\n,"total":1}', 'severalAnswers'],
	['{"vendor": "2026-11-27" // or 2026-11-28\n,"total":1}', 'severalAnswers'],
	['{"vendor": null /* illegible */,"total":1}', undefined],
])('%j: a comment that gives another text', (text, code) => {
	const read = readAnswer(text, readTarget({ ...open, properties: { total: number, vendor: {} } }));
	expect(read.ok ? undefined : read.failures[0]?.code).toBe(code);
});

test('more comments than are named are counted', () => {
	const many = Array.from({ length: 300 }, (_, at) => `"k${at}": 1, // word ${at}`).join('\n');
	const read = readAnswer(`{${many}\n"total": 1}`, readTarget(open));
	expect(read.ok && read.warnings.at(-1)).toBe('remark: and 280 more');
});

/** Keys beside the fields that give other values, or say that the values are none. */
const AGAINST = [
	...['"total_corrected":15', '"correctedTotal":15', '"correction":15', '"actual_total":15'],
	...['"corrections":["the total is 15"]', '"corrections":{"total":15}', '"total_alt":15'],
	...['"alternative_total":15', '"total?":15', '"total_2":15', '"total_candidates":[14,15]'],
	...[
		'"note":"total should be 15"',
		'"notes":["ok","Actually, it is 15."]',
		'"_comment":"wrong, the total is 15"',
	],
	...['"comment":"I am not sure about the total"', '"hinweis":"Betrag ist unsicher"'],
	...['"備考":"数量は推測です。"', '"total_korrigiert":15', '"корректировка":15', '"訂正後":15'],
	...[
		'"success":false',
		'"valid":"no"',
		'"failed":true',
		'"is_example":true',
		'"placeholder":true',
	],
	...['"final":{"total":15}', '"missing":["total"]', '"errors":["The total is a guess."]'],
];
const PARTIAL = [
	...['"errors":["could not read page 2"]', '"error":"2 rows were skipped"', '"missing":["row 3"]'],
	...[
		'"missing_rows":2',
		'"unreadable":["row 2"]',
		'"completeness":"partial"',
		'"page":1,"pages":3',
	],
	...[
		'"page":"1 of 3"',
		'"current_page":1,"total_pages":3',
		'"part":"1/2"',
		'"batch":1,"batches":4',
	],
	...[
		'"page_info":{"page":1,"pages":3}',
		'"finish_reason":"length"',
		'"note":"первые 10 строк, остальные строки опущены"',
	],
	...['"fehlende_zeilen":["3"]', '"seite":1,"seiten":2', '"página":1,"páginas":2'],
];
/** What a reader of the answer would want to know. */
const REMARKED = [
	...['"note":"gross amounts"', '"confidence":"low"', '"confidence":0.2', '"confidence":"20%"'],
	...[
		'"total_confidence":"low"',
		'"needs_review":true',
		'"verified":false',
		'"uncertain_fields":["total"]',
	],
	...[
		'"status":"partial"',
		'"draft":true',
		'"is_final":false',
		'"todo":"verify the total"',
		'"//":"verify"',
	],
	...[
		'"estimated":true',
		'"assumptions":["net amounts"]',
		'"total_raw":"15 EUR"',
		'"total_note":"illegible"',
	],
	...[
		'"errors":["no purchase order"]',
		'"Fehler":["keine Bestellnummer"]',
		'"ошибка":"нет номера заказа"',
	],
	...[
		'"reasoning":"The total is 15"',
		'"warnings":["two currencies"]',
		'"Konfidenz":"niedrig"',
		'"信頼度":"低"',
	],
];
const FINE = [
	...['"errors":[]', '"error":null', '"error":"none"', '"confidence":"high"', '"confidence":0.95'],
	...[
		'"total_corrected":14',
		'"correction":null',
		'"corrected":false',
		'"valid":true',
		'"success":true',
	],
	...[
		'"page":3,"pages":3',
		'"page":1',
		'"missing_fields":["vendor"]',
		'"verified":true',
		'"draft":false',
	],
	...[
		'"total_raw":"EUR 14.00"',
		'"currency":"EUR"',
		'"revision":3',
		'"net_total":12',
		'"right":100',
	],
	...[
		'"status":"paid"',
		'"tax_rate":0.2',
		'"next_due":"2027-01-01"',
		'"corner":5',
		'"source":"mail"',
	],
];
const withKey = (entries: string) => JSON.stringify(answer).replace(/\}$/, `,${entries}}`);

test.each(AGAINST)('an answer with %s is asked for again', (entries) => {
	expect(outcomes(withKey(entries))).toBe('severalAnswers');
});
test.each(PARTIAL)('an answer with %s is not whole', (entries) => {
	expect(outcomes(withKey(entries))).toBe('abbreviated');
});
test.each(REMARKED)('%s is told beside the value', (entries) => {
	const [key = ''] = Object.keys(JSON.parse(`{${entries}}`));
	expect(outcomes(withKey(entries))).toEqual([
		expect.stringContaining(`remark /${key.replaceAll('/', '~1')}: `),
	]);
});
test.each(FINE)('%s says nothing against the value', (entries) => {
	expect(outcomes(withKey(entries))).toBe('nothing');
});

test('what is said of an entry is judged beside its own fields', () => {
	const said = (entry: object) =>
		readAnswer(
			JSON.stringify({ total: 1, rows: [{ name: 'Bolt', amount: 14, ...entry }] }),
			stripping,
		);
	expect(said({ amount_corrected: 15 }).ok).toBe(false);
	expect(said({ amount_corrected: 14 }).ok).toBe(true);
	expect(said({ valid: false })).toMatchObject({
		ok: true,
		warnings: expect.arrayContaining(['remark /rows/0/valid: false']),
	});
});

test('a key that the schema lets pass on purpose, or knows, is data', () => {
	const text = JSON.stringify({ total: 14, correction: 15, needs_review: true });
	const fields = { ...open.properties, correction: number, needs_review: {} };
	[
		{ ...open, additionalProperties: true },
		{ ...open, properties: fields },
	].forEach((schema) => {
		expect(readAnswer(text, readTarget(schema))).toMatchObject({ ok: true, warnings: [] });
	});
});

test('a note that the document itself says is none of the model', () => {
	const text = JSON.stringify({ total: 14, note: 'Total should be 15 after review' });
	const said = { text: 'Invoice. Total should be 15 after review. 14' };
	expect(readAnswer(text, readTarget(open), said)).toMatchObject({ ok: true, warnings: [] });
});

test('what a note in a field of its own says against the values is told', () => {
	const noted = readTarget({ ...open, properties: { ...open.properties, note: string } });
	const text = JSON.stringify({ total: 14, note: 'The total is 15.' });
	expect(readAnswer(text, noted)).toMatchObject({
		ok: true,
		warnings: ['remark /note: The total is 15.'],
	});
});

test('what is left out is named with what it said', () => {
	const read = readAnswer('{"total": 14, "previous_total": 12}', stripping);
	expect(read.ok && read.warnings).toEqual([
		'dropped /previous_total: the schema has no such field (12)',
	]);
});

const WHOLE =
	'No rows were skipped.|No entries omitted.|Nothing was left out.|None of the rows were dropped.|I did not skip any rows.|There are no more rows.|Keine Zeilen wurden ausgelassen.|Es wurden keine Zeilen weggelassen.|Aucune ligne n’a été omise.|No se ha omitido ninguna fila.|Nessuna riga è stata omessa.|Nenhuma linha foi omitida.|Er zijn geen regels weggelaten.|Ни одна строка не пропущена.|没有省略任何行。|省略した行はありません。|생략된 행은 없습니다.'.split(
		'|',
	);
test.each(WHOLE)('"%s" says that the answer is whole', (line) => {
	const text = JSON.stringify(answer);
	[`${line}\n${text}`, `${text}\n\n${line}`, withKey(`"note":${JSON.stringify(line)}`)].forEach(
		(said) => expect(readAnswer(said, target)).toMatchObject({ ok: true, value: answer }),
	);
});

test.each([
	...['No rows were skipped, but row 7 is illegible.', 'No rows were skipped except the last two.'],
	...[
		'Keine Zeilen wurden ausgelassen, nur die letzten 3 Zeilen fehlen.',
		'No rows fit here; 37 more rows follow.',
	],
])('"%s" does not', (line) => {
	expect(readAnswer(`${JSON.stringify(answer)}\n\n${line}`, target).ok).toBe(false);
});
