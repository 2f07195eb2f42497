/** One row of a list, as it is extracted. */
export interface Row {
	item: string;
	date: string;
	count: number;
	total: number;
	/** Chosen by the reader: no text says it. */
	class: 'small' | 'large';
}

export const LANGUAGES = ['en', 'de', 'fr', 'es', 'ja', 'ru'] as const;
export type Language = (typeof LANGUAGES)[number];

interface Words {
	items: readonly string[];
	date(year: string, month: string, day: string): string;
	total(cents: number): string;
	labels: readonly [item: string, date: string, count: string, total: string];
	filler: string;
}

const plain = (cents: number) => (cents / 100).toFixed(2);
const comma = (cents: number) => plain(cents).replace('.', ',');

export const WORDS: Record<Language, Words> = {
	en: {
		items: ['Lamp', 'Blue Lamp', 'Chair', 'Table', 'Desk'],
		date: (year, month, day) => `${year}-${month}-${day}`,
		total: plain,
		labels: ['Item', 'Date', 'Count', 'Total'],
		filler: 'The goods were in a good state. ',
	},
	de: {
		items: ['Stuhl', 'Tisch', 'Großer Tisch', 'Schrank', 'Bett'],
		date: (year, month, day) => `${day}.${month}.${year}`,
		total: comma,
		labels: ['Ware', 'Datum', 'Menge', 'Summe'],
		filler: 'Die Ware war in gutem Zustand. ',
	},
	fr: {
		items: ['Chaise', 'Lit', 'Étagère', 'Petite Étagère', 'Tapis'],
		date: (year, month, day) => `${day}/${month}/${year}`,
		total: comma,
		labels: ['Article', 'Date', 'Nombre', 'Total'],
		filler: 'Les articles sont en bon état. ',
	},
	es: {
		items: ['Silla', 'Mesa', 'Cama', 'Mesa Alta', 'Sofá'],
		date: (year, month, day) => `${day}-${month}-${year}`,
		total: comma,
		labels: ['Producto', 'Fecha', 'Cantidad', 'Importe'],
		filler: 'Todo llegó en buen estado. ',
	},
	ja: {
		items: ['椅子', '机', '本棚', '大きい机', '寝台'],
		date: (year, month, day) => `${year}年${Number(month)}月${Number(day)}日`,
		total: plain,
		labels: ['品名', '日付', '数量', '合計'],
		filler: '商品の状態は良好でした。',
	},
	ru: {
		items: ['Стул', 'Стол', 'Шкаф', 'Белый Шкаф', 'Диван'],
		date: (year, month, day) => `${day}.${month}.${year}`,
		total: comma,
		labels: ['Товар', 'Дата', 'Штук', 'Сумма'],
		filler: 'Товар был в хорошем состоянии. ',
	},
};

export interface Layout {
	/** With `{item}`, `{date}`, `{count}`, `{total}`, labels as `{Item}` and so on, `{n}` for a number. */
	row: string;
	head?: string;
	foot?: string;
	between?: string;
	/** Characters that a row needs to stand whole in one of two parts, as it has several lines. */
	spans?: boolean;
}

export const LAYOUTS: Record<string, Layout> = {
	csv: { row: '{item},{date},{count},{total}\n', head: '{Item},{Date},{Count},{Total}\n' },
	'csv with semicolons': { row: '{item};{date};{count};{total}\n' },
	'csv with quotes': { row: '"{item}","{date}","{count}","{total}"\n' },
	'csv with CRLF': { row: '{item};{date};{count};{total}\r\n' },
	tsv: { row: '{item}\t{date}\t{count}\t{total}\n' },
	pipes: { row: '{item} | {date} | {count} | {total}\n' },
	'Markdown table': {
		row: '| {item} | {date} | {count} | {total} |\n',
		head: '| {Item} | {Date} | {Count} | {Total} |\n| --- | --- | --- | --- |\n',
	},
	'wide table': { row: '{item}        {date}      {count}      {total}\n' },
	'other order': { row: '{total}  {count}  {date}  {item}\n' },
	bullets: { row: '- {item}: {date}, {count} x, {total}\n' },
	stars: { row: '* {date} – {item} ({count}) = {total}\n' },
	'numbered list': { row: 'No. {n}) {item}, {date}, {count}, {total}\n' },
	'indented list': { row: '  • {item}, {date}, {count}, {total}\n' },
	log: { row: '[{date}] item="{item}" count={count} total={total}\n' },
	'JSON lines': {
		row: '{"item":"{item}","date":"{date}","count":{count},"total":"{total}"}\n',
	},
	'JSON in one line': {
		row: '{"item":"{item}","date":"{date}","count":{count},"total":"{total}"}',
		...{ head: '[', between: ', ', foot: ']' },
	},
	'HTML table': {
		row: '<tr><td>{item}</td><td>{date}</td><td>{count}</td><td>{total}</td></tr>\n',
		...{ head: '<table>\n', foot: '</table>\n' },
	},
	'HTML in one line': {
		row: '<tr><td>{item}</td><td>{date}</td><td>{count}</td><td>{total}</td></tr>',
	},
	XML: {
		row: '<row>\n  <item>{item}</item>\n  <date>{date}</date>\n  <n>{count}</n>\n  <sum>{total}</sum>\n</row>\n',
		spans: true,
	},
	sentences: { row: '{Item} {item}, {date}: {count} / {total} EUR. ' },
	'sentences in paragraphs': { row: '{Item} {item}, {date}: {count} / {total} EUR.\n\n' },
	'lines with filler': { row: '{item}, {date}, {count}, {total}\n{filler}\n' },
	'paragraphs with filler': { row: '{item}, {date}, {count}, {total}.\n\n{filler}{filler}\n\n' },
	blocks: {
		row: '{Item}: {item}\n{Date}: {date}\n{Count}: {count}\n{Total}: {total}\n\n',
	},
	'blocks without gaps': {
		row: '{Item}: {item}\n{Date}: {date}\n{Count}: {count}\n{Total}: {total}\n',
		spans: true,
	},
	YAML: {
		row: '- item: {item}\n  date: {date}\n  count: {count}\n  total: {total}\n',
	},
	'two lines': { row: '{item} ({count})\n{date} {total} EUR\n', spans: true },
	'two lines, indented': { row: '{item} ({count})\n    {date} {total} EUR\n' },
	invoices: {
		row: '== {Item} {item} ==\n{Date} {date}\n{Count}  {count}\n{Total}  {total} EUR\n\n',
	},
	receipt: { row: '{item}\n  {count} @ {date}          {total}\n----------------\n', spans: true },
};

const SAME_ROW = '{item}</a><b>{date}</b><c>{count}</c><d>{total}</d>';

/** Records without lines of their own, or of several lines that only their order tells apart. */
export const ODD_LAYOUTS: Record<string, Layout> = {
	'XML in one line': { row: `<r><a>${SAME_ROW}</r>`, head: '<rows>', foot: '</rows>' },
	'XML attributes in one line': {
		row: '<row item="{item}" date="{date}" n="{count}" sum="{total}"/>',
		...{ head: '<rows>', foot: '</rows>' },
	},
	'XML without records': { row: `<a>${SAME_ROW}` },
	'XML that ends in words': {
		row: '<r><t>{total}</t><n>{count}</n><d>{date}</d><i>{item}</i></r>',
	},
	'semicolons between rows of commas': { row: '{item},{date},{count},{total}', between: ';' },
	'pipes in one line': { row: '{item}|{date}|{count}|{total}', between: ' || ' },
	'tabs in one line': { row: '{item}\t{date}\t{count}\t{total}', between: '\t\t' },
	'compact JSON': {
		row: '{"item":"{item}","date":"{date}","count":{count},"total":"{total}"}',
		...{ head: '{"rows":[', between: ',', foot: ']}' },
	},
	'JSON lists': { row: '["{item}","{date}",{count},"{total}"]', head: '[', between: ',' },
	'a list of prose': { row: '{item} ({date}, {count}, {total})', between: ', ' },
	'a sentence of prose': { row: '{count} x {item} on {date} for {total} EUR', between: ', then ' },
	'slashes between quotes': { row: '“{item}” {date}: {count} – {total}', between: ' / ' },
	'an HTML list': { row: '<li><b>{item}</b> {date} <i>{count}</i> {total}</li>', head: '<ul>' },
	'HTML without a table': {
		row: '<div class="r"><span>{item}</span><span>{date}</span><span>{count}</span><span>{total}</span></div>',
	},
	'pretty JSON': {
		row: '  {\n    "item": "{item}",\n    "date": "{date}",\n    "count": {count},\n    "total": "{total}"\n  }',
		...{ head: '[\n', between: ',\n', foot: '\n]\n' },
	},
	'XML with blocks': {
		row: '<order>\n  <head>\n    <item>{item}</item>\n    <date>{date}</date>\n  </head>\n  <body>\n    <n>{count}</n>\n    <sum>{total}</sum>\n  </body>\n</order>\n',
		spans: true,
	},
	'TOML tables': {
		row: '[[rows]]\nitem = "{item}"\ndate = "{date}"\ncount = {count}\ntotal = "{total}"\n\n',
	},
	'a value in each line': { row: '{item}\n{date}\n{count}\n{total}\n' },
	'brackets of Japanese': { row: '【{item}】{date}／{count}個／{total}円、' },
};
