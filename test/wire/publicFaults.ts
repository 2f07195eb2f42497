import { USAGE } from './answerRow';
import { brokenOff, chunk, event, sse, type RawReply } from './rawGateway';

/** A fault of streams that people have told in public, and what becomes of it here. */
export type FaultRow = [thread: string, fault: string, reply: RawReply, outcome: object];

const HI = { result: { text: 'Hi', finishReason: 'stop', usage: { totalTokens: 15 } } };
const fails = (kind: string, message: string) => ({ error: { kind, message } });
const call = (index: number | undefined, id: string | undefined, name: string, args: string) =>
	chunk({ tool_calls: [{ index, id, function: { name, arguments: args } }] });
const calls = (...given: string[][]) => ({
	result: { toolCalls: given.map(([id, name, args]) => ({ id, name, arguments: args })) },
});
const AB = calls(['a', 'f', '{"x":1}'], ['b', 'g', '{"y":2}']);
const END = chunk({}, 'tool_calls', USAGE);
const raw = (body: string): RawReply => ({
	headers: { 'content-type': 'text/event-stream' },
	body,
});
const PIECES = [chunk({ content: 'H' }), chunk({ content: 'i' }), chunk({}, 'stop', USAGE)];
const FILTER = { choices: [], prompt_filter_results: [{ prompt_index: 0 }] };

export const publicFaults: FaultRow[] = [
	[
		'ollama/ollama#15457',
		'each call has index 0',
		sse([call(0, 'a', 'f', '{"x":1}'), call(0, 'b', 'g', '{"y":2}'), END]),
		AB,
	],
	[
		'ollama/ollama#7881',
		'no call has an index',
		sse([call(undefined, 'a', 'f', '{"x":1}'), call(undefined, 'b', 'g', '{"y":2}'), END]),
		AB,
	],
	[
		'oracle/langchain-oracle#253',
		'pieces without id and index follow their call',
		sse([
			call(undefined, 'a', 'f', ''),
			call(undefined, undefined, '', '{"x":1}'),
			call(undefined, 'b', 'g', ''),
			call(undefined, undefined, '', '{"y":2}'),
			END,
		]),
		AB,
	],
	[
		'QwenLM/Qwen-Agent#943',
		'pieces of two calls interleave',
		sse([
			call(0, 'a', 'f', '{"x"'),
			call(1, 'b', 'g', '{"y"'),
			call(0, undefined, '', ':1}'),
			call(1, undefined, '', ':2}'),
			END,
		]),
		AB,
	],
	['open-webui/open-webui#1759', 'the first chunk has no choices', sse([FILTER, ...PIECES]), HI],
	[
		'thivy/azure-openai-js-stream#4',
		'choices are null',
		sse([{ ...FILTER, choices: null }, ...PIECES]),
		HI,
	],
	[
		'diegosouzapw/OmniRoute#8210',
		'an error beside no choices',
		sse([{ id: 'x', choices: [], error: { code: 502, message: 'Worker limit reached' } }]),
		fails('overloaded', 'TokenHub answered 502: Worker limit reached'),
	],
	[
		'apache/rocketmq-dashboard#2178',
		'an error, then [DONE]',
		sse([{ error: { message: 'quota exceeded', code: 'insufficient_quota' } }]),
		fails('credit', 'TokenHub answered with an error: quota exceeded'),
	],
	[
		'anomalyco/opencode#39968',
		'it just ends',
		brokenOff([chunk({ content: 'H' })]),
		fails('network', 'The stream ended before the answer did.'),
	],
	[
		'maximhq/bifrost#6784',
		'no [DONE], and the connection stays open',
		brokenOff(PIECES, { staysOpen: true }),
		HI,
	],
	[
		'maximhq/bifrost#191',
		'usage comes after the reason',
		sse([chunk({ content: 'Hi' }), chunk({}, 'stop'), { choices: [], ...USAGE }]),
		HI,
	],
	[
		'linagora/openrag#749',
		'the last words come with the reason',
		sse([chunk({ content: 'H' }), chunk({ content: 'i' }, 'stop', USAGE)]),
		HI,
	],
	[
		'ai-forever/gigachat-js#12',
		'a colon and a blank in the text',
		sse([chunk({ content: '": ["data: ' }), chunk({}, 'stop', USAGE)]),
		{ result: { text: '": ["data: ' } },
	],
	[
		'anomalyco/opencode#25858',
		'an event that is cut runs into the next',
		raw(
			`${event(chunk({ content: 'H' }))}data: {"id":"x","ch${event(PIECES[1])}${event('[DONE]')}`,
		),
		fails('badResponse', 'The answer is not JSON.'),
	],
	[
		'alexrudall/ruby-openai#332',
		'empty lines between events are missing',
		raw([...PIECES, '[DONE]'].map(event).join('').replaceAll('\n\n', '\n')),
		HI,
	],
	[
		'earendil-works/pi#7441',
		'no reason and no [DONE], but its tokens are counted at the end',
		brokenOff([chunk({ content: 'Hi' }), { choices: [], ...USAGE }]),
		HI,
	],
	[
		'can1357/oh-my-pi#9433',
		'a reason that is empty, then [DONE]',
		sse([chunk({ content: 'Hi' }), chunk({}, '', USAGE)]),
		HI,
	],
	[
		'openclaw/openclaw#108989',
		'a cut answer passes for a whole one',
		sse([chunk({ content: 'Hi' }), chunk({}, 'max_output_tokens')]),
		{ result: { finishReason: 'length' } },
	],
];
