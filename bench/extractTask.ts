import type { ChatBody, Reply } from '../gateway';

export const schema = {
	type: 'object',
	properties: {
		name: { type: 'string' },
		age: { type: 'integer' },
		email: { type: 'string', format: 'email' },
	},
	required: ['name', 'age'],
	additionalProperties: false,
};
export const ada = { name: 'Ada', age: 36, email: 'ada@example.com' };
const json = JSON.stringify(ada);

/** A model's first answers, by name. The right answer, which it gives when asked again, is `ada`. */
export const ANSWERS: Record<string, string> = {
	clean: json,
	fenced: `\`\`\`json\n${json}\n\`\`\``,
	'in prose': `Here is the JSON: ${json} Let me know if you need more.`,
	'draft and final answer': `First: \`\`\`json\n{"name":"Adam","age":63}\n\`\`\`\nFinal: \`\`\`json\n${json}\n\`\`\``,
	'trailing comma': json.replace('}', ',}'),
	'single quotes': json.replaceAll('"', "'"),
	'Python literal': `{'name': 'Ada', 'age': 36, 'email': 'ada@example.com', }`,
	'in a wrapper': `{"result":${json}}`,
	'number as text': json.replace('36', '"36"'),
	'wrong type': json.replace('36', '"thirty-six"'),
	'missing field': '{"name":"Ada"}',
	'field that is not asked for': json.replace('}', ',"mood":"good"}'),
	'bad email': json.replace('ada@example.com', 'ada at example'),
	'cut off': json.slice(0, 20),
	'no JSON': 'I could not find anything.',
};

export interface Asked {
	script: (body: ChatBody) => Reply;
	/** Requests so far for a case. */
	requests: (name: string) => number;
}

/**
 * The case's own answer; with `corrects`, the right answer to every repeated request. Items come one
 * after another, because a repair request may not name its case.
 */
export function answers(corrects: boolean): Asked {
	const counts = new Map<string, number>();
	let current = '';
	return {
		script({ messages }) {
			current = /case: ([\w -]+)\./.exec(JSON.stringify(messages))?.[1] ?? current;
			const count = (counts.get(current) ?? 0) + 1;
			counts.set(current, count);
			return { text: count > 1 && corrects ? json : (ANSWERS[current] ?? '') };
		},
		requests: (name) => counts.get(name) ?? 0,
	};
}

/** Haiku's answer is valid for this many of ten items, Sonnet's always. */
export function cascade(fitsOfTen: number): (body: ChatBody) => Reply {
	const usage = { promptTokens: 1000, completionTokens: 300, totalTokens: 1300 };
	return ({ model, messages }) => {
		const n = Number(/item (\d+)/.exec(JSON.stringify(messages))?.[1]);
		const isFirst = messages.length === 2;
		const fits = model.includes('sonnet') || (isFirst && n % 10 < fitsOfTen);
		const value = fits ? ada : { name: n };
		return { toolCalls: [{ name: 'save_extraction', arguments: value }], usage };
	};
}

/** An invoice with three lines, and its schema. */
export const invoice = {
	...{ number: 'INV-2041', date: '2026-11-17', currency: 'EUR', total: 448 },
	lines: ['Lamp', 'Desk', 'Chair'].map((item) => ({ item, quantity: 1, price: 24.5 })),
};
const text = { type: 'string' };
const number = { type: 'number', minimum: 0 };
export const invoiceSchema = {
	type: 'object',
	properties: {
		number: { type: 'string', pattern: '^INV-\\d+$' },
		date: { type: 'string', format: 'date' },
		currency: { enum: ['EUR', 'USD'] },
		total: number,
		lines: {
			type: 'array',
			items: {
				type: 'object',
				properties: { item: text, quantity: { type: 'integer' }, price: number },
				required: ['item', 'quantity', 'price'],
				additionalProperties: false,
			},
		},
	},
	required: ['number', 'date', 'total', 'lines'],
};
