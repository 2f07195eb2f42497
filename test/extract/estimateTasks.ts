import { list, number, of, string } from './answerRow';

/** A text, what is asked of it, and the right answer. */
export interface Task {
	text: string;
	schema: object;
	answer: unknown;
}

const date = { type: 'string', format: 'date' };
const choice = (...names: string[]) => ({ enum: names });
const times = <One>(count: number, one: (at: number) => One): One[] =>
	Array.from({ length: count }, (_, at) => one(at));
const pick = (words: readonly string[], at: number) => words[at % words.length] ?? '';

const PEOPLE = ['Ada Lovelace', 'Bob Jones', 'Émile Blanc', 'Иван Петров', '田中太郎', 'Zoë Smith'];
const GOODS = ['Desk lamp', 'Blue chair', 'Oak table', 'Steel shelf', 'Wool carpet', 'Bed'];
const TALK = [
	'The delivery came two days late, and nobody had called before. ',
	'We talked about the plan for the next quarter and agreed to wait for the figures. ',
	'In the second half, the team wants to look at the costs again. ',
	'Thank you very much for your patience in this matter. ',
	'The room was full, and the questions were good. ',
];
const talk = (sentences: number, from = 0) =>
	times(sentences, (at) => pick(TALK, from + at)).join('');
const DATEN = [
	'Die Sitzung begann pünktlich, und alle Mitglieder waren anwesend. ',
	'Nach kurzer Aussprache wurde der Antrag einstimmig angenommen. ',
	'Der Vorstand dankte den Helfern für ihren Einsatz im Sommer. ',
];
const rede = (sentences: number) => times(sentences, (at) => pick(DATEN, at)).join('');
const day = (at: number) => `2026-${String((at % 12) + 1).padStart(2, '0')}-1${at % 10}`;
const cents = (at: number) => 19.5 + ((at * 37) % 400);

type Kind = (size: number) => Task;

/** One record from a page of words. */
const RECORDS: Record<string, Kind> = {
	contact: (size) => ({
		text: `${talk(size * 3)}\n\nBest regards\nAda Lovelace\nHead of Engines\nAnalytical Ltd, 12 Mill Lane, Bath\n+44 1225 123456\nada@analytical.example`,
		schema: of({ name: string, title: string, company: string, phone: string, email: string }),
		answer: {
			...{ name: 'Ada Lovelace', title: 'Head of Engines', company: 'Analytical Ltd' },
			...{ phone: '+44 1225 123456', email: 'ada@analytical.example' },
		},
	}),
	sentiment: (size) => ({
		text: talk(size * 4),
		schema: of({ sentiment: choice('good', 'bad', 'mixed'), isUrgent: { type: 'boolean' } }),
		answer: { sentiment: 'mixed', isUrgent: false },
	}),
	ticket: (size) => ({
		text: `Subject: printer\n\nHello,\nsince Monday our printer prints nothing. ${talk(size * 2)}\nCustomer number 48213`,
		schema: of({
			...{ topic: choice('billing', 'hardware', 'software'), priority: { type: 'integer' } },
			...{ customerNumber: string, product: string },
		}),
		answer: { topic: 'hardware', priority: 2, customerNumber: '48213', product: 'printer' },
	}),
	contract: (size) => ({
		text: `Lease\nbetween Ada Lovelace (tenant) and Bob Jones (landlord)\n\n${times(size * 8, (at) => `§ ${at + 1}\n${talk(4, at)}`).join('\n\n')}\n\nThe rent is 1,250.00 EUR a month from 2026-11-01. Notice: 3 months.`,
		schema: of({
			tenant: string,
			landlord: string,
			rent: number,
			start: date,
			noticeMonths: number,
		}),
		answer: {
			...{ tenant: 'Ada Lovelace', landlord: 'Bob Jones', rent: 1250 },
			...{ start: '2026-11-01', noticeMonths: 3 },
		},
	}),
	protokoll: (size) => ({
		text: `Protokoll der Sitzung vom 27.11.2026\n\n${rede(size * 6)}\nLeitung: Jürgen Groß. Ende: 21:30 Uhr.`,
		schema: of({ date, chair: string, end: string }),
		answer: { date: '2026-11-27', chair: 'Jürgen Groß', end: '21:30' },
	}),
	請求書: (size) => ({
		text: `請求書\n株式会社青空 御中\n\n${'平素より格別のお引き立てを賜り、誠にありがとうございます。'.repeat(size * 2)}\n合計金額 123,456円\n支払期限 2026年11月27日`,
		schema: of({ customer: string, total: number, due: date }),
		answer: { customer: '株式会社青空', total: 123456, due: '2026-11-27' },
	}),
};

/** Rows that the text shows, and as many records. */
const ROWS: Record<string, Kind> = {
	invoice: (size) => ({
		text: `Invoice 2026-117\nCustomer: Bob Jones\nDate: 2026-11-27\n\n${times(size * 4, (at) => `${at + 1}  ${pick(GOODS, at)}   ${(at % 3) + 1} x ${cents(at).toFixed(2)}   ${(cents(at) * ((at % 3) + 1)).toFixed(2)}`).join('\n')}\n\nTotal 912.50 EUR`,
		schema: of({
			...{ number: string, customer: string, date, total: number },
			lines: list(of({ item: string, quantity: number, price: number })),
		}),
		answer: {
			...{ number: '2026-117', customer: 'Bob Jones', date: '2026-11-27', total: 912.5 },
			lines: times(size * 4, (at) => ({
				...{ item: pick(GOODS, at), quantity: (at % 3) + 1, price: cents(at) },
			})),
		},
	}),
	statement: (size) => ({
		text: times(
			size * 10,
			(at) => `${day(at)};${pick(PEOPLE, at)};Transfer ${at + 4000};-${cents(at).toFixed(2)};EUR`,
		).join('\n'),
		schema: of({ entries: list(of({ date, name: string, purpose: string, amount: number })) }),
		answer: {
			entries: times(size * 10, (at) => ({
				...{ date: day(at), name: pick(PEOPLE, at) },
				...{ purpose: `Transfer ${at + 4000}`, amount: -cents(at) },
			})),
		},
	}),
	log: (size) => ({
		text: times(
			size * 15,
			(at) => `[${day(at)} 12:0${at % 10}:31] ERROR worker-${at % 7}: timeout after ${at * 10} ms`,
		).join('\n'),
		schema: of({ errors: list(of({ time: string, worker: string, message: string })) }),
		answer: {
			errors: times(size * 15, (at) => ({
				...{ time: `${day(at)} 12:0${at % 10}:31`, worker: `worker-${at % 7}` },
				message: `timeout after ${at * 10} ms`,
			})),
		},
	}),
	agenda: (size) => ({
		text: times(
			size * 5,
			(at) => `${9 + (at % 9)}:00 – ${pick(PEOPLE, at)}: ${pick(GOODS, at)} and what comes next`,
		).join('\n'),
		schema: of({ talks: list(of({ start: string, speaker: string, title: string })) }),
		answer: {
			talks: times(size * 5, (at) => ({
				...{ start: `${9 + (at % 9)}:00`, speaker: pick(PEOPLE, at) },
				title: `${pick(GOODS, at)} and what comes next`,
			})),
		},
	}),
	preisliste: (size) => ({
		text: `Artikel | Preis\n${times(size * 8, (at) => `${pick(GOODS, at)} Nr. ${at} | ${cents(at).toFixed(2).replace('.', ',')} €`).join('\n')}`,
		schema: of({ products: list(of({ name: string, price: number })) }),
		answer: {
			products: times(size * 8, (at) => ({
				...{ name: `${pick(GOODS, at)} Nr. ${at}`, price: cents(at) },
			})),
		},
	}),
	ingredients: (size) => ({
		text: `Cake\n\n${times(size * 5, (at) => `- ${(at + 1) * 50} g ${pick(['flour', 'sugar', 'butter', 'cocoa'], at)}`).join('\n')}\n\n${talk(4)}`,
		schema: of({ ingredients: list(of({ name: string, grams: number })) }),
		answer: {
			ingredients: times(size * 5, (at) => ({
				...{ name: pick(['flour', 'sugar', 'butter', 'cocoa'], at), grams: (at + 1) * 50 },
			})),
		},
	}),
	orders: (size) => ({
		text: times(
			size * 2,
			(at) =>
				`Order ${at + 100}\nCustomer: ${pick(PEOPLE, at)}\n${times(3, (row) => `  ${row + 1} x ${pick(GOODS, at + row)} at ${cents(row).toFixed(2)}`).join('\n')}`,
		).join('\n\n'),
		schema: of({
			orders: list(
				of({
					id: string,
					customer: string,
					lines: list(of({ item: string, quantity: number, price: number })),
				}),
			),
		}),
		answer: {
			orders: times(size * 2, (at) => ({
				...{ id: String(at + 100), customer: pick(PEOPLE, at) },
				lines: times(3, (row) => ({
					...{ item: pick(GOODS, at + row), quantity: row + 1, price: cents(row) },
				})),
			})),
		},
	}),
	jobs: (size) => ({
		text: times(
			size * 2,
			(at) =>
				`${pick(GOODS, at)} GmbH, since 20${10 + at}\nEngineer for ${pick(GOODS, at + 1)}\n${talk(2, at)}`,
		).join('\n\n'),
		schema: of({ jobs: list(of({ company: string, title: string, since: number })) }),
		answer: {
			jobs: times(size * 2, (at) => ({
				...{ company: `${pick(GOODS, at)} GmbH`, title: `Engineer for ${pick(GOODS, at + 1)}` },
				since: 2010 + at,
			})),
		},
	}),
};

/** Lists of which prose shows no rows. */
const LISTS: Record<string, Kind> = {
	points: (size) => ({
		text: talk(size * 12),
		schema: of({ points: list(string) }),
		answer: { points: times(size * 2, (at) => pick(TALK, at).trim().slice(0, 60)) },
	}),
	tags: (size) => ({
		text: talk(size * 6),
		schema: of({ tags: list(string) }),
		answer: { tags: ['delivery', 'costs', 'team', 'figures', 'plan'].slice(0, 3 + size) },
	}),
	people: (size) => ({
		text: times(size * 4, (at) => `${talk(2, at)}${pick(PEOPLE, at)} agreed. `).join(''),
		schema: of({ people: list(string) }),
		answer: { people: PEOPLE.slice(0, Math.min(PEOPLE.length, size * 4)) },
	}),
	tasks: (size) => ({
		text: times(
			size * 3,
			(at) =>
				`${talk(3, at)}${pick(PEOPLE, at)} will check the ${pick(GOODS, at)} until ${day(at)}. `,
		).join(''),
		schema: of({ tasks: list(of({ who: string, what: string, until: date })) }),
		answer: {
			tasks: times(size * 3, (at) => ({
				...{ who: pick(PEOPLE, at), what: `check the ${pick(GOODS, at)}`, until: day(at) },
			})),
		},
	}),
	summary: (size) => ({
		text: talk(size * 15),
		schema: of({ title: string, summary: string, topics: list(string) }),
		answer: {
			title: 'A plan for the next quarter',
			summary: talk(2).trim(),
			topics: ['delivery', 'costs', 'plan'],
		},
	}),
	questions: (size) => ({
		text: times(size * 3, (at) => `Q: How is the ${pick(GOODS, at)}?\nA: ${pick(TALK, at)}`).join(
			'\n',
		),
		schema: of({ answers: list(of({ question: string, answer: string })) }),
		answer: {
			answers: times(size * 3, (at) => ({
				...{ question: `How is the ${pick(GOODS, at)}?`, answer: pick(TALK, at).trim() },
			})),
		},
	}),
	messages: (size) => ({
		text: times(
			size * 3,
			(at) => `From: ${pick(PEOPLE, at)}\nSent: ${day(at)}\n\n${talk(3, at)}\n`,
		).join('\n'),
		schema: of({ messages: list(of({ from: string, sent: date, mood: choice('good', 'bad') })) }),
		answer: {
			messages: times(size * 3, (at) => ({ from: pick(PEOPLE, at), sent: day(at), mood: 'good' })),
		},
	}),
};

export const estimateTasks: Array<[name: string, task: Task]> = Object.entries({
	...{ ...RECORDS, ...ROWS, ...LISTS },
}).flatMap(([name, kind]) =>
	[1, 3, 10].map((size): [string, Task] => [`${name} of size ${size}`, kind(size)]),
);
