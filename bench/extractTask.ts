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

/** First answers of a model, by name; what it should have said, and says when asked again, is `ada`. */
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

const caseOf = ({ messages }: ChatBody): string =>
	/case: ([\w -]+)\./.exec(JSON.stringify(messages))?.[1] ?? '';

/** The case's own first answer; the right one to everybody who asks again. */
export function answers(): (body: ChatBody) => Reply {
	const asked = new Set<string>();
	return (body) => {
		const name = caseOf(body);
		const first = !asked.has(name);
		asked.add(name);
		return { text: first ? (ANSWERS[name] ?? '') : json };
	};
}

/** Haiku fits the schema in so many items of ten, Sonnet always. */
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
