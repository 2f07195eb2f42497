import { readAnswer } from '../../core/extract/answer/readAnswer';
import { EXTRACT_TOOL } from '../../core/extract/prompts';
import { readTurn } from '../../core/extract/answer/readTurn';
import { readTarget } from '../../core/extract/targetSchema';

const string = { type: 'string' };
const row = { type: 'object', properties: { id: string, qty: { type: 'number' } } };
const target = readTarget({
	...{ type: 'object', required: ['rows'] },
	properties: { rows: { type: 'array', items: row } },
});
const value = { rows: [{ id: '1', qty: 2 }] };
const JSON_TEXT = JSON.stringify(value);
const TABLE = '| id | qty |\n|---|---|\n| 1 | 2 |';
const lines = (text: string) => text.trim().split(/\s*\n\s*/);

const NOT_ALL = lines(`
	This is not the complete list.
	The list above is incomplete.
	This isn't an exhaustive list.
	Not all rows are listed above.
	Not every item could be included.
	I was not able to include all rows.
	I could not fit everything.
	I stopped after the first 10 rows.
	Output limited to 1 row.
	The output was capped at 10.
	Part 1 of 3
	Teil 2 von 4
	Type "next" to see more.
	Reply with "continue" for page 2.
	... and so on for the other products.
	I forgot row 2
	I missed one row
	I've overlooked two items.
	There is also item 2
	There are two pages, and there are additional items on the second.
	Die übrigen 39 Zeilen folgen demselben Muster.
	Aus Platzgründen wurden nur die ersten 10 Positionen extrahiert.
	Nur die erste Zeile.
	Die Liste ist nicht vollständig.
	Die Tabelle ist unvollständig.
	Dies ist nur ein Auszug.
	Fortsetzung folgt.
	Es wurden nicht alle Zeilen ausgegeben.
	Nicht alle Positionen konnten übernommen werden.
	Показаны только первые 10 строк.
	Остальные 39 строк имеют тот же формат.
	Для краткости приведена только первая строка.
	Продолжение следует.
	Список неполный.
	Не все строки показаны.
	以降も同様です。
	最初の10件のみ抽出しました
	簡潔にするため、最初の行のみ記載しています。
	すべての行は含まれていません。
	一部のみ抜粋しています。
	처음 10개만 추출했습니다.
	첫 번째 행만 표시했습니다.
	일부만 추출했습니다.
	전체 목록이 아닙니다.
	由于篇幅限制，仅列出前10条。
	只提取了前10行。
	以上仅为部分数据。
	列表不完整。
	Solo las primeras 10 filas.
	La liste n'est pas complète.
`);
const UNDONE = lines(`
	I skipped the returned parcels.
	We excluded the second supplier.
	The last position was left out.
	Bolt is omitted.
	Note: 2 entries could not be read.
	I was unable to read page 4.
	Line 7 is illegible.
	There are 12 items; here is 1.
	Total items: 4
	Items 2-9 come in the next answer.
	I will add the rest next.
	Second batch:
	Do you want me to go on?
	Soll ich weitermachen?
	Nagel konnte ich nicht entziffern.
	Ich habe die Retouren übersprungen.
	Zeilen 2-9 folgen.
	J'ai omis la seconde commande.
	Deux lignes n'ont pas pu être lues.
	He excluido el segundo pedido.
	No he podido leer la página 2.
	Ho omesso il secondo ordine.
	Não consegui ler a linha 2.
	Я пропустил вторую строку.
	Не удалось прочитать вторую строку.
	2行目は読み取れませんでした。
	続けますか？
	第二行无法识别。
	已跳过退货。
	두 번째 행은 읽을 수 없습니다.
	반품은 제외했습니다.
`);
const DOUBTED = lines(`
	The quantity is unclear; I guessed.
	I used placeholders.
	(I am not sure about the quantity; it might be 3.)
	Die Menge habe ich geschätzt.
	La quantité est illisible.
	No estoy seguro de la cantidad.
	Я не уверен в количестве.
	数量は推測です。
	数量看不清。
	수량은 추측입니다.
	Hinweis: Die korrekte Menge lautet 3.
	The actual quantity is 3.
	La cantidad correcta es 3.
`);
const ALL = lines(`
	I omitted the currency symbols.
	I left out the optional fields.
	There is 1 row.
	Total rows: 1
	I read the page twice.
	I excluded the subtotal row.
	Keine Zeile wurde doppelt erfasst.
	The price could not be read.
	All rows are included.
	This is the complete list.
	The list is complete.
	Not all items have a price, so some are null.
	I could not extract all fields, since the date is missing.
	I skipped the header row.
	There is also a note about shipping.
	The output is limited to the fields in the schema.
	Part 2 of 2
	Found on page 1 of 3.
	Only the rows of the invoice are included.
	Nicht alle Positionen enthalten einen Preis.
	Die Liste ist vollständig.
	Nur die Positionen der Rechnung wurden übernommen.
	Список полный.
	Показаны все строки.
	すべての行が含まれています。
	모든 행이 포함되어 있습니다.
	已提取全部数据。
	列表完整。
`);
const MADE_UP_BEFORE = lines(`
	I cannot see the document, but here is an example of what the output would look like:
	The output would look like this:
	Since you did not provide a document, here is a template:
	No document was attached, so this is the shape:
	Here are some placeholder values:
	Hier ein Beispiel, wie die Ausgabe aussehen würde:
	So könnte die Ausgabe aussehen:
	Вот как мог бы выглядеть результат:
	Вот пример:
	以下是示例输出：
	出力例：
	출력 예시:
`);
const TAKEN_BACK = lines(`
	This is just an example, because no document was given.
	These are placeholder values
	Note: these are placeholder values.
	These values are fictional.
	Dies sind Beispieldaten
	Die Werte sind frei erfunden.
	Это только пример.
	これはサンプルです。
	예시입니다.
	以上为示例数据。
	Moment, der Gesamtbetrag beträgt 110 €.
	Entschuldigung, die Menge ist 3.
	Подождите, сумма на самом деле 110.
	합계가 잘못되었습니다. 110이 맞습니다.
	失礼しました。合計は110の間違いです。
	抱歉，数量是3。
`);
const FITTING = lines(`
	Here is the data from the example invoice:
	Here is the data from the sample document:
	Here is the result for the template letter:
	The names look like this in the document.
	I could not find a date in the document.
	Hier die Daten aus dem Dokument:
	Вот результат:
	以下は結果です。
	모든 값이 맞습니다.
	间隔没有误差。
	間違いはありません。
`);

test.each([...NOT_ALL, ...UNDONE])('an answer beside "%s" is not whole', (line) => {
	const around = [`${line}\n${JSON_TEXT}`, `${JSON_TEXT}\n\n${line}`, `${TABLE}\n\n${line}`];
	const codes = around.map((given) => {
		const read = readAnswer(given, target);
		return read.ok ? read.given : read.failures[0]?.code;
	});
	expect(codes).toEqual(['abbreviated', 'abbreviated', 'abbreviated']);
});

const request = { coerce: true, minEvidence: 0 };
const toolCalls = [{ name: EXTRACT_TOOL, arguments: JSON_TEXT, id: '1' }];
const readBeside = async (text: string) => await readTurn({ target, request }, { text, toolCalls });

test.each([...NOT_ALL, ...UNDONE, ...TAKEN_BACK, ...DOUBTED])(
	'"%s" beside a tool call asks again',
	async (line) => {
		expect(await readBeside(line)).toMatchObject({ ok: false });
		expect(await readBeside(`Here is the data.\n\n${line}`)).toMatchObject({ ok: false });
	},
);

test.each(DOUBTED)('"%s" doubts the answer, wherever it stands', (line) => {
	expect(readAnswer(`${line}\n\n${JSON_TEXT}`, target).ok).toBe(false);
	expect(readAnswer(`${JSON_TEXT}\n\n${line}`, target).ok).toBe(false);
	expect(readAnswer(`${TABLE}\n\n${line}`, target).ok).toBe(false);
});

test.each([...ALL, ...FITTING])('"%s" leaves a tool call as it is', async (line) => {
	expect(await readBeside(line)).toMatchObject({ ok: true, given: value });
});

test('only words that hand a tool call over leave no trace', async () => {
	const said = ['Here is the data.', 'Saved.', 'Voici :', 'The paper is yellow.', 'Hier: 2 Blatt.'];
	const warnings = await Promise.all(
		said.map(async (text) => {
			const read = await readBeside(text);
			return read.ok && read.warnings;
		}),
	);
	expect(warnings).toEqual([[], [], [], ['prose'], ['prose']]);
});

test.each([
	...['The sum is 14.', 'Gesamtbetrag: 14', 'Sum is 14 though.', 'Итого 14'],
	...['合計は14です', 'Note that the sum is 14, not 12.', 'Montant total : 14'],
])('"%s" beside another sum asks again', async (line) => {
	const priced = readTarget({ type: 'object', properties: { sum: { type: 'number' } } });
	const asked = { target: priced, request };
	const given = '{"sum":12}';
	const called = { text: line, toolCalls: [{ name: EXTRACT_TOOL, arguments: given, id: '1' }] };
	expect(await readTurn(asked, called)).toMatchObject({ ok: false });
	expect(readAnswer(`${given}\n${line}`, priced)).toMatchObject({ ok: false });
	const same = { ...called, text: line.replace('not 12', 'as said').replaceAll('14', '12') };
	expect(await readTurn(asked, same)).toMatchObject({ ok: true });
});

test.each([...MADE_UP_BEFORE])('what "%s" introduces is not an answer', (line) => {
	expect(readAnswer(`${line}\n${JSON_TEXT}`, target).ok).toBe(false);
	expect(readAnswer(`${line}\n\n\`\`\`json\n${JSON_TEXT}\n\`\`\``, target).ok).toBe(false);
	expect(readAnswer(`${line}\n\n${TABLE}`, target).ok).toBe(false);
});

test.each(TAKEN_BACK)('"%s" takes the answer before it back', (line) => {
	expect(readAnswer(`${JSON_TEXT}\n\n${line}`, target).ok).toBe(false);
	expect(readAnswer(`${TABLE}\n\n${line}`, target).ok).toBe(false);
});

test.each([...ALL, ...FITTING])('"%s" leaves the answer as it is', (line) => {
	expect(readAnswer(`${line}\n${JSON_TEXT}`, target)).toMatchObject({ ok: true, given: value });
	expect(readAnswer(`${JSON_TEXT}\n\n${line}`, target)).toMatchObject({ ok: true, given: value });
});

test.each([...NOT_ALL, ...MADE_UP_BEFORE, ...TAKEN_BACK])('"%s" in a field is data', (line) => {
	const said = JSON.stringify({ rows: [{ id: line, qty: 1 }] });
	expect(readAnswer(said, target)).toMatchObject({ ok: true });
});
