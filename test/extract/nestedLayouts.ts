import {
	newRecord,
	openWriter,
	type NestedText,
	type SaidRecord,
	type Writer,
} from './nestedTexts';

export interface Dice {
	/** Under so many. */
	upTo(most: number): number;
	pick<One>(list: readonly One[]): One;
}

export function openDice(seed: number): Dice {
	let state = (seed * 2654435761 + 12345) >>> 0;
	const next = () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
	const upTo = (most: number) => Math.floor(next() * most);
	return {
		upTo,
		pick(list) {
			const found = list[upTo(list.length)];
			if (found === undefined) throw new Error('an empty list');
			return found;
		},
	};
}

const ITEMS = ['Lamp', 'Blue Lamp', 'Chair', 'Tisch', '椅子', 'Стул', 'Sofá'];
const NAMES = ['Ada Smith', 'Bob Jones', 'Émile Blanc', 'Иван Петров', '田中太郎'];
const SKILLS = ['Python', 'welding', 'Deutsch', 'first aid', 'Rust', '会計'];

const row = (dice: Dice) => ({
	item: dice.pick(ITEMS),
	qty: 1 + dice.upTo(4),
	price: (1 + dice.upTo(20)) * 10 + 0.5,
});
const cents = (value: number) => value.toFixed(2);

/** Orders with a number and a customer before their rows, and perhaps a total behind them. */
function orders(terms: {
	head: (n: number) => string;
	line: (row: {
		item: string;
		qty: number;
		price: number;
	}) => readonly Parameters<Writer['write']>[1][];
	foot?: string;
	end: string;
	ids?: 'again';
}) {
	return (dice: Dice, count: number): NestedText => {
		const writer = openWriter();
		const records: SaidRecord[] = [];
		for (let n = 0; n < count; n += 1) {
			const record = newRecord(['lines']);
			records.push(record);
			// Where numbers come again, as in groups that each begin with 1.
			const id = terms.ids ? `P-${1 + (n % 3)}` : `P-${1001 + n}`;
			const [before = '', between = '', after = ''] = terms.head(n).split('@');
			writer.write(record, before, { key: 'id', value: id }, between);
			writer.write(record, { key: 'customer', value: dice.pick(NAMES) }, after);
			let sum = 0;
			let last = row(dice);
			for (let left = dice.upTo(9); left >= 0; left -= 1) {
				last = dice.upTo(4) === 0 ? last : row(dice);
				sum += last.price;
				const line = newRecord();
				record.lists.lines?.push(line);
				writer.write(line, ...terms.line(last));
			}
			if (terms.foot) {
				const [label = '', rest = ''] = terms.foot.split('@');
				writer.write(record, label, { key: 'total', value: sum, as: cents(sum) }, rest);
			}
			writer.write(record, terms.end);
		}
		return { text: writer.text(), list: 'orders', records };
	};
}

const cells =
	(between: string, start: string, end: string) =>
	({ item, qty, price }: { item: string; qty: number; price: number }) => [
		start,
		{ key: 'item', value: item },
		between,
		{ key: 'qty', value: qty },
		between,
		{ key: 'price', value: price, as: cents(price) },
		end,
	];

/** Departments, their people, and what these can do. */
function departments(terms: {
	department: (n: number) => string;
	person: string;
	skill: string;
	end: string;
}) {
	const around = (template: string) => template.split('@');
	return (dice: Dice, count: number): NestedText => {
		const writer = openWriter();
		const records: SaidRecord[] = [];
		for (let n = 0; n < count; n += 1) {
			const department = newRecord(['people']);
			records.push(department);
			const [before = '', after = ''] = around(terms.department(n));
			writer.write(department, before, { key: 'name', value: `Unit ${n + 1}` }, after);
			for (let people = dice.upTo(4); people >= 0; people -= 1) {
				const person = newRecord(['skills']);
				department.lists.people?.push(person);
				const [left = '', right = ''] = around(terms.person);
				writer.write(person, left, { key: 'name', value: dice.pick(NAMES) }, right);
				for (let skills = dice.upTo(4); skills > 0; skills -= 1) {
					const skill = newRecord([], true);
					person.lists.skills?.push(skill);
					const [open = '', close = ''] = around(terms.skill);
					writer.write(skill, open, { key: 'skill', value: dice.pick(SKILLS) }, close);
				}
			}
			writer.write(department, terms.end);
		}
		return { text: writer.text(), list: 'departments', records };
	};
}

export const NESTED: Record<string, (dice: Dice, count: number) => NestedText> = {
	'orders with bullets': orders({
		head: () => 'Order @ for @\n',
		line: cells(' | ', '- ', '\n'),
		end: '\n',
	}),
	'orders without gaps': orders({
		head: () => 'Order @ for @\n',
		line: cells('; ', '  ', '\n'),
		end: '',
	}),
	'orders with totals': orders({
		head: () => '=== Bestellung @ / @ ===\n',
		line: cells('\t', '', '\n'),
		foot: 'Summe: @ EUR\n',
		end: '\n',
	}),
	'orders with totals and no gaps': orders({
		head: () => 'Commande @, @ :\n',
		line: cells('  ', '    ', '\n'),
		foot: 'Total @\n',
		end: '',
	}),
	'numbers that come again': orders({
		head: () => 'Pedido @ – @\n',
		line: cells(', ', '* ', '\n'),
		end: '\n',
		ids: 'again',
	}),
	'flat CSV sections': orders({
		head: () => 'H;@;@\n',
		line: cells(';', 'L;', '\n'),
		end: '',
	}),
	'Markdown sections': orders({
		head: () => '## @ (@)\n\n| item | qty | price |\n| --- | --- | --- |\n',
		line: cells(' | ', '| ', ' |\n'),
		end: '\n',
	}),
	prose: orders({
		head: () => 'In order @ of @ there were these: ',
		line: ({ item, qty, price }) => [
			{ key: 'qty', value: qty },
			' pieces of ',
			{ key: 'item', value: item },
			' at ',
			{ key: 'price', value: price, as: cents(price) },
			' EUR each; ',
		],
		end: 'that was all. ',
	}),
	'hierarchical bullets': departments({
		department: () => '- @\n',
		person: '  - @\n',
		skill: '    - @\n',
		end: '',
	}),
	'headings of two levels': departments({
		department: () => '# @\n\n',
		person: '## @\n',
		skill: '- @\n',
		end: '\n',
	}),
	YAML: departments({
		department: () => '- name: @\n  people:\n',
		person: '    - name: @\n      skills:\n',
		skill: '        - @\n',
		end: '',
	}),
	'numbered clauses': departments({
		department: (n) => `§ ${n + 900} @\n`,
		person: '(a) @\n',
		skill: '   – @\n',
		end: '\n',
	}),
};
