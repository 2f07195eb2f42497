import fc from 'fast-check';
import { readChatRequest } from '../../core/chat/chatRequest';
import type { GivenMessage } from '../../core/chat/repair/givenMessage';
import type { Message } from '../../core/chat/messages';
import { checkBody } from '../../gateway/contract/checkRequest';
import { tryJson } from '../../core/json/tryJson';
import { casesOf } from '../support/sweep';
import { clientForms, type ClientForm, type Made } from './clientForms';
import { kitForms } from './kitForms';
import { moreForms } from './moreForms';

/** One conversation, written down by each client, goes out as the same words, calls and results, each once. */

/** Words that come again, and such as look like something else. */
const words = fc
	.oneof(
		fc.constantFrom('Yes.', 'Yes. Yes.', 'a b', 'null', '0', '[]', '{"type":"text"}', 'Ada: Hi'),
		fc.constantFrom(
			'  two\n\nlines ',
			'```json\n{}\n```',
			'我爱你',
			'[Called look with {}]',
			'true',
		),
		fc.lorem({ maxCount: 5 }),
	)
	.filter((text) => text.trim() !== '');
const key = fc.constantFrom('q', 'type', 'text', 'content', 'id', 'input', 'a b', 'Ä');
const args = fc.dictionary(
	key,
	fc.oneof(
		words,
		fc.integer(),
		fc.double({ noNaN: true, noDefaultInfinity: true }),
		fc.jsonValue(),
	),
	{ maxKeys: 3 },
);
interface Turn {
	said: string;
	made: Array<Pick<Made, 'name' | 'args' | 'said'>>;
}
const turn: fc.Arbitrary<Turn> = fc.record({
	said: fc.oneof(fc.constant(''), words),
	made: fc.array(fc.record({ name: fc.constantFrom('look', 'find'), args, said: words }), {
		minLength: 1,
		maxLength: 3,
	}),
});
const rounds = fc.array(
	fc.record({ asked: words, turns: fc.array(turn, { maxLength: 3 }), answer: words }),
	{ minLength: 1, maxLength: 3 },
);
const conversation = fc.record({ system: fc.option(words), rounds, question: words });
type Conversation = typeof conversation extends fc.Arbitrary<infer Value> ? Value : never;

const tools = ['look', 'find'].map((name) => ({
	...{ type: 'function' as const, function: { name, parameters: { type: 'object' } } },
}));

type Told = [who: string, ...what: string[]];

function givenTo(form: ClientForm, { system, rounds: all, question }: Conversation) {
	const told: Told[] = [];
	const messages: GivenMessage[] = [];
	let count = 0;
	if (system !== null) {
		messages.push(form.system(system));
		told.push(['system', system]);
	}
	for (const { asked, turns, answer } of all) {
		messages.push(form.user(asked));
		told.push(['user', asked]);
		for (const { said, made } of turns) {
			const calls = made.map((one) => ({ ...one, id: `call_${(count += 1)}` }));
			messages.push(
				...[form.assistant(said, calls)].flat(),
				...(form.isInline ? [] : form.results(calls)),
			);
			if (said) told.push(['assistant', said]);
			told.push(
				...calls.map((one): Told => ['call', one.name, JSON.stringify(one.args), one.said]),
			);
		}
		messages.push(...[form.assistant(answer, [])].flat());
		told.push(['assistant', answer]);
	}
	messages.push(form.user(question));
	told.push(['user', question]);
	return { messages, told };
}

function toldBy(messages: readonly Message[]): Told[] {
	const results = new Map<string, string>();
	for (const message of messages) {
		if (message.role === 'tool') results.set(message.tool_call_id, wordsIn(message.content));
	}
	return messages.flatMap((message): Told[] => {
		if (message.role === 'tool') return [];
		const said = wordsIn(message.content);
		const calls = message.role === 'assistant' ? (message.tool_calls ?? []) : [];
		return [
			...(said === '' ? [] : [[message.role, said] satisfies Told]),
			...calls.map((call): Told => {
				const { name, arguments: text } = call.function;
				return ['call', name, JSON.stringify(JSON.parse(text)), results.get(call.id) ?? ''];
			}),
		];
	});
}

function wordsIn(content: unknown): string {
	const parts: unknown[] = Array.isArray(content) ? content : [{ text: content ?? '' }];
	return parts.map((part) => Object(part).text).join('\n\n');
}

/** All texts in a result, which clients wrap in objects of their own. */
function leavesOf(value: unknown): string[] {
	if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leavesOf);
	if (typeof value !== 'string') return [];
	const read = tryJson(value);
	return [value, ...(typeof read === 'object' ? leavesOf(read) : [])];
}

function isSaidOnce(sent: string, said: string): boolean {
	const leaves = leavesOf(sent.replace(/^The tool failed: /, ''));
	return leaves.filter((text) => text === said).length === 1;
}

/** What else their messages say, and in another order, is told elsewhere. */
const UNTOLD = ['claudeSrv', 'geminiU', 'ai5dyn', 'ai4'];
const forms = Object.entries({ ...clientForms, ...kitForms, ...moreForms }).filter(
	([name]) => !UNTOLD.includes(name),
);

test.each(forms)('%s', (_client, form) => {
	fc.assert(
		fc.property(conversation, (given) => {
			const { messages, told } = givenTo(form, given);
			const before = JSON.stringify(messages);
			const { body } = readChatRequest({ messages, tools });
			expect(
				checkBody(JSON.parse(JSON.stringify({ ...body, model: 'anthropic/claude-haiku-4-5' })))
					.refusal,
			).toBeUndefined();
			const sent = toldBy(body.messages);
			const withoutResults = ([who, ...what]: Told) => [who, ...what.slice(0, 2)];
			expect(sent.map(withoutResults)).toEqual(told.map(withoutResults));
			const wrong = told.filter(
				([who, , , said], n) => who === 'call' && !isSaidOnce(sent[n]?.[3] ?? '', said ?? ''),
			);
			expect(wrong).toEqual([]);
			expect(JSON.stringify(messages)).toBe(before);
		}),
		{ numRuns: casesOf(200), seed: 1 },
	);
});
