import type { GivenMessage } from '../../core/chat/repair/givenMessage';
import { readChatRequest } from '../../core/chat/chatRequest';
import type { Message } from '../../core/chat/messages';
import { checkBody } from '../../gateway/contract/checkRequest';
import { clientForms, word, type ClientForm, type Made } from './clientForms';
import { kitForms } from './kitForms';
import { moreForms } from './moreForms';

/** Conversations as clients store them, broken in every way: Claude takes them, and no word is lost. */

let count = 0;
const call = (name = 'look', more: Partial<Made> = {}): Made => ({
	...{ id: `call_${(count += 1)}`, name, args: { q: word('args') }, said: word('told') },
	...more,
});

type Step = (form: ClientForm) => GivenMessage | GivenMessage[];
const asks: Step = (form) => form.user(word('asks'));
const rules: Step = (form) => form.system(word('rules'));
const says: Step = (form) => form.assistant(word('says'), []);
/** All calls with all that was told of them. */
const allMade: Made[] = [];
const calls = (...made: Made[]): Step => {
	allMade.push(...made);
	return (form) => form.assistant(word('says'), made);
};
const results = (...made: Made[]): Step => {
	allMade.push(...made);
	return (form) => (form.isInline ? [] : form.results(made));
};

const both = call('find');
const twice = call();
const named = call('my look');
const proto = call('look', {
	args: JSON.parse(`{"__proto__":{"x":"${word('args')}"},"constructor":"${word('args')}"}`),
});
const half = call('look', { args: { '\udc00k': word('args') }, said: `${word('told')}\ud800` });
const foreign = [call('look', { id: 'functions.look:0' }), call('find', { id: 'a b|c' })];
const [one, two, empty, numbered] = [
	call(),
	call(),
	call('look', { id: '' }),
	call('look', { id: 7 }),
];

const BREAKS: Record<string, Step[]> = {
	none: [rules, asks, calls(one), results(one), says, asks],
	'calls without words': [asks, (form) => form.assistant('', [one]), results(one)],
	'cut behind a call': [asks, calls(one)],
	'a result alone': [results(one), asks],
	'the assistant first': [says, asks],
	'the assistant last': [asks, says],
	'two at once': [asks, calls(one, both), results(one, both), asks],
	'one of two answered': [asks, calls(one, both), results(both), asks],
	'answered late': [asks, calls(one), asks, says, results(one), asks],
	'answered in another order': [asks, calls(one, both), results(both), results(one), asks],
	'answered before': [asks, results(one), calls(one), asks],
	'answered twice': [
		asks,
		calls(twice),
		results(twice),
		results({ ...twice, said: word('told') }),
		asks,
	],
	'an id again': [
		...[asks, calls(one), results(one), asks, calls({ ...two, id: one.id })],
		...[results({ ...two, id: one.id }), asks],
	],
	'ids of others': [asks, calls(...foreign), results(...foreign)],
	'no id': [asks, calls(empty), results(empty)],
	'a number as id': [asks, calls(numbered), results(numbered)],
	'a name with a blank': [asks, calls(named), results(named)],
	'rules late': [asks, says, rules, asks, rules],
	blanks: [(form) => form.user('  '), asks, (form) => form.assistant(' \n', []), asks],
	'half characters': [(form) => form.user(`${word()}\ud83d`), calls(half), results(half)],
	prototypes: [asks, calls(proto), results(proto)],
	'nothing returned': [asks, calls({ ...one, said: '' }), results({ ...one, said: '' }), asks],
};

/** Those after which a call has no result. */
const OPEN = ['cut behind a call', 'one of two answered'];

const tools = ['look', 'find'].map((name) => ({
	...{ type: 'function' as const, function: { name, parameters: { type: 'object' } } },
}));

const OWNERS: Record<string, string[]> = {
	asks: ['user'],
	rules: ['system'],
	says: ['assistant'],
	args: ['assistant'],
	// What no call asked for, and results without tools, are told by the user.
	told: ['tool', 'user'],
};

/** Words that stand in a message of somebody else's. */
function strangersIn(messages: readonly Message[]): string[] {
	return messages.flatMap(({ role, ...said }) =>
		[...JSON.stringify(said).matchAll(/(asks|rules|says|args|told)zq\d+x/g)]
			.filter(([, kind = '']) => !OWNERS[kind]?.includes(role))
			.map(([found]) => `${found} of the ${role}`),
	);
}

/** Results that stand behind the call of another one. */
function mixedUp(messages: readonly Message[]): string[] {
	const calls = messages.flatMap((message) =>
		message.role === 'assistant' ? (message.tool_calls ?? []) : [],
	);
	return messages.flatMap((message) => {
		if (message.role !== 'tool') return [];
		const asked = calls.find(({ id }) => id === message.tool_call_id)?.function.arguments ?? '';
		const told = JSON.stringify(message.content).match(/toldzq\d+x/g) ?? [];
		return told.filter((words) => {
			const owners = allMade.filter(({ said }) => said.startsWith(words));
			const texts = owners.flatMap(({ args }) => JSON.stringify(args).match(/argszq\d+x/g) ?? []);
			return !texts.some((text) => asked.includes(text));
		});
	});
}

describe.each(Object.entries({ ...clientForms, ...kitForms, ...moreForms }))(
	'%s',
	(_client, form) => {
		test.each(Object.entries(BREAKS))('%s', (name, steps) => {
			const isOpen = OPEN.includes(name) && !form.isInline;
			const messages = steps.flatMap((step): GivenMessage[] => [step(form)].flat());
			const given = JSON.stringify(messages);
			for (const offered of [tools, undefined]) {
				const { body } = readChatRequest({ messages, tools: offered });
				const sent = JSON.stringify({ ...body, model: 'anthropic/claude-haiku-4-5' });
				expect(checkBody(JSON.parse(sent)).refusal).toBeUndefined();
				const isUnanswered = sent.includes('The result of this call was not kept.');
				expect(isUnanswered).toBe(isOpen && offered !== undefined);
				const lost = given.match(/\w*zq\d+x/g)?.filter((said) => !sent.includes(said));
				expect(lost).toEqual([]);
				expect(strangersIn(body.messages)).toEqual([]);
				if (offered) expect(mixedUp(body.messages)).toEqual([]);
			}
			expect(JSON.stringify(messages)).toBe(given);
		});
	},
);
