import type { JsonSchema } from '../../core/schema/jsonSchema';
import { readAnswer } from '../../core/extract/answer/readAnswer';
import { readTarget } from '../../core/extract/targetSchema';

const person = {
	type: 'object',
	properties: { name: { type: 'string' }, age: { type: 'integer' } },
	required: ['name', 'age'],
};
const ada = { name: 'Ada', age: 36 };
const numbers = { type: 'array', items: { type: 'number' } };

test.each<[answer: string, schema: JsonSchema, value: unknown, warning: string]>([
	[`json.loads('{"name": "Ada", "age": 36}')`, person, ada, 'unwrapped (top level): json.loads'],
	[
		'JSON.parse("{\\"name\\": \\"Ada\\", \\"age\\": 36}")',
		...([person, ada, 'unwrapped (top level): JSON.parse'] as const),
	],
	[
		`const data = JSON.parse(\`{"name": "Ada", "age": 36}\`);`,
		...([person, ada, 'unwrapped (top level): JSON.parse'] as const),
	],
	[
		`\`\`\`python\ndata = json.loads("""{"name": "Ada", "age": 36}""")\n\`\`\``,
		...([person, ada, 'unwrapped (top level): json.loads'] as const),
	],
	[
		`ast.literal_eval("{'name': 'Ada', 'age': 36}")`,
		...([person, ada, 'unwrapped (top level): ast.literal_eval'] as const),
	],
	['"name": "Ada", "age": 36', person, ada, 'missingBraces'],
	['"name": "Ada",\n"age": 36}', person, ada, 'missingBraces'],
	["'name': 'Ada', 'age': 36", person, ada, 'missingBraces'],
	['1, 2, 3', numbers, [1, 2, 3], 'plainText'],
	['1\n2\n3', numbers, [1, 2, 3], 'plainText'],
	['```\n(1.5, 2.5)\n```', numbers, [1.5, 2.5], 'plainText'],
])('%s', (answer, schema, value, warning) => {
	const read = readAnswer(answer, readTarget(schema));
	expect(read).toMatchObject({ ok: true, value });
	expect(read.ok && read.warnings).toContain(warning);
});

test.each<[answer: string, schema: JsonSchema]>([
	[`json.loads('{"name": "Ada\\'s", "age": 36}')`, person],
	[`json.loads('{"name": "Ada"}') or json.loads('{"name": "Ada", "age": 36}')`, person],
	['"name": "Ada", "age": ', person],
	['1, 2, 3 and some more', numbers],
	['I found no numbers.', numbers],
	['I cannot find it.', { type: 'string' }],
])('%s has more than one reading, or none', (answer, schema) => {
	expect(readAnswer(answer, readTarget(schema)).ok).toBe(false);
});

test('a bare text is the value where the document has just it', () => {
	const target = readTarget({ type: 'string' });
	const text = 'Subject: Delivery of two lamps. We regret the delay.';
	const terms = { text };
	expect(readAnswer('Delivery of two lamps', target, terms)).toMatchObject({
		...{ ok: true, value: 'Delivery of two lamps', warnings: ['plainText'] },
	});
	expect(readAnswer('There is no subject', target, terms).ok).toBe(false);
});
