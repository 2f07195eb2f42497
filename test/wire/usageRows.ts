import { says, streamed, USAGE, whole, WHOLE, type AnswerRow } from './answerRow';
import { chunk, json } from './rawGateway';

const spent = (promptTokens: number, completionTokens: number, more: object = {}) => ({
	usage: { promptTokens, completionTokens, totalTokens: promptTokens + completionTokens },
	...more,
});
/** Of claude-haiku-4-5: a dollar for a million tokens that are sent, five for those written. */
const COST = { costUsd: 0.000035 };
const told = (usage: unknown) => ({ ...says({ content: 'Hi' }), usage });
const UNKNOWN = { costUsd: null, estimated: { totalTokens: expect.any(Number) } };

export const usageRows: AnswerRow[] = [
	whole("Anthropic's keys", told({ input_tokens: 10, output_tokens: 5 }), spent(10, 5, COST)),
	whole(
		"Anthropic's cache",
		told({
			input_tokens: 1,
			output_tokens: 5,
			cache_creation_input_tokens: 4,
			cache_read_input_tokens: 5,
		}),
		spent(10, 5),
	),
	whole(
		'both, one of them zero',
		told({ prompt_tokens: 10, completion_tokens: 5, input_tokens: 0, output_tokens: 0 }),
		spent(10, 5, COST),
	),
	whole(
		'numbers as texts',
		told({ prompt_tokens: '10', completion_tokens: '5', total_tokens: null }),
		spent(10, 5, COST),
	),
	whole(
		"Google's keys",
		{ ...told(undefined), usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 5 } },
		spent(10, 5, COST),
	),
	whole(
		'a total that is too small',
		told({ prompt_tokens: 10, completion_tokens: 5, total_tokens: 1 }),
		spent(10, 5),
	),
	whole('none', told(undefined), UNKNOWN),
	whole('null', told(null), UNKNOWN),
	whole('zeros', told({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }), UNKNOWN),
	whole(
		'nothing written, though something was said',
		told({ prompt_tokens: 10, completion_tokens: 0 }),
		UNKNOWN,
	),
	whole(
		'what xAI has thought, beside what was written',
		told({
			...{ prompt_tokens: 10, completion_tokens: 1, total_tokens: 15 },
			completion_tokens_details: { reasoning_tokens: 4 },
		}),
		spent(10, 5, COST),
	),
	whole(
		'what Google has thought',
		{
			...told(undefined),
			usageMetadata: {
				...{ promptTokenCount: 10, candidatesTokenCount: 1 },
				...{ thoughtsTokenCount: 4, totalTokenCount: 15 },
			},
		},
		spent(10, 5, COST),
	),
	whole(
		'thoughts alone',
		told({
			...{ prompt_tokens: 10, completion_tokens: 0, total_tokens: 15 },
			completion_tokens_details: { reasoning_tokens: 5 },
		}),
		spent(10, 5, COST),
	),
	whole(
		'what was thought, within what was written',
		told({
			...{ prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
			completion_tokens_details: { reasoning_tokens: 4 },
		}),
		spent(10, 5, COST),
	),
	whole(
		'a total that holds more than both',
		told({ prompt_tokens: 10, completion_tokens: 5, total_tokens: 100 }),
		{ costUsd: null, usage: { totalTokens: 100 }, estimated: { totalTokens: 100 } },
	),
	whole(
		'a total with one token more, which has the highest price',
		told({ prompt_tokens: 10, completion_tokens: 5, total_tokens: 16 }),
		{
			costUsd: 0.00004,
			usage: { promptTokens: 10, completionTokens: 5, totalTokens: 16 },
		},
	),
	whole(
		'a total that is larger by a hundredth',
		told({ prompt_tokens: 9_900, completion_tokens: 50, total_tokens: 10_050 }),
		{ costUsd: 0.01065, usage: { totalTokens: 10_050 } },
	),
	whole(
		'a total that is larger by more than that',
		told({ prompt_tokens: 9_900, completion_tokens: 50, total_tokens: 10_060 }),
		{ costUsd: null, estimated: { totalTokens: 10_060 } },
	),
	whole(
		'a cache beside what was sent',
		told({
			...{ prompt_tokens: 4, completion_tokens: 5, total_tokens: 15 },
			...{ cache_creation_input_tokens: 2, cache_read_input_tokens: 4 },
		}),
		spent(10, 5, COST),
	),
	whole(
		'a cache within what was sent',
		told({
			...{ prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
			...{ cache_creation_input_tokens: 2, cache_read_input_tokens: 4 },
		}),
		spent(10, 5, COST),
	),
	whole(
		"results of Google's own tools",
		{
			...told(undefined),
			usageMetadata: {
				...{ promptTokenCount: 6, candidatesTokenCount: 1, thoughtsTokenCount: 4 },
				...{ toolUsePromptTokenCount: 4, totalTokenCount: 15 },
			},
		},
		spent(10, 5, COST),
	),
	whole('a total alone', told({ total_tokens: 15 }), { ...UNKNOWN, usage: { totalTokens: 15 } }),
	whole(
		'negative and endless numbers',
		told({ prompt_tokens: -1, completion_tokens: 1e300 }),
		UNKNOWN,
	),
	streamed(
		'split over chunks',
		[
			chunk({}, null, { usage: { input_tokens: 10, output_tokens: 1 } }),
			chunk({ content: 'Hi' }),
			chunk({}, 'end_turn', { usage: { output_tokens: 5 } }),
		],
		spent(10, 5, COST),
	),
	streamed(
		'growing',
		[
			chunk({ content: 'H' }, null, { usage: { prompt_tokens: 10, completion_tokens: 1 } }),
			chunk({ content: 'i' }, 'stop', { usage: { prompt_tokens: 10, completion_tokens: 5 } }),
		],
		spent(10, 5, COST),
	),
	streamed(
		'zero at the end',
		[
			chunk({ content: 'Hi' }, null, USAGE),
			chunk({}, 'stop', { usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } }),
		],
		spent(10, 5, COST),
	),
	streamed(
		'within the choice',
		[chunk({ content: 'Hi' }), { choices: [{ delta: {}, finish_reason: 'stop', ...USAGE }] }],
		spent(10, 5),
	),
	streamed(
		'where Groq has it',
		[chunk({ content: 'Hi' }), chunk({}, 'stop', { x_groq: { id: 'r', ...USAGE } })],
		spent(10, 5),
	),
	streamed(
		'in a chunk without choices',
		[chunk({ content: 'Hi' }), chunk({}, 'stop'), { choices: [], ...USAGE }],
		spent(10, 5),
	),
	streamed(
		'in a chunk whose choices are null',
		[chunk({ content: 'Hi' }), chunk({}, 'stop'), { choices: null, ...USAGE }],
		spent(10, 5),
	),
	streamed('none in a stream', [chunk({ content: 'Hi' }), chunk({}, 'stop')], UNKNOWN),
];

export const reportedRows: AnswerRow[] = [
	whole('as OpenRouter does', told({ ...USAGE.usage, cost: 0.00014, cost_details: {} }), {
		reportedCostUsd: 0.00014,
	}),
	whole(
		'by its parts',
		told({ ...USAGE.usage, cost: { input_tokens_cost: 0.1, total_cost: 0.3 } }),
		{ reportedCostUsd: 0.3 },
	),
	whole('as a text', told({ ...USAGE.usage, cost: '0.00014' }), { reportedCostUsd: 0.00014 }),
	whole(
		'beside the usage',
		{ ...told(USAGE.usage), cost: 0.5 },
		{ reportedCostUsd: 0.5, costUsd: 0.000035 },
	),
	whole('as DeepInfra does', told({ ...USAGE.usage, estimated_cost: 0.00014 }), {
		reportedCostUsd: 0.00014,
	}),
	whole('in ticks of xAI', told({ ...USAGE.usage, cost_in_usd_ticks: 2_709_000 }), {
		reportedCostUsd: 0.0002709,
	}),
	whole('of a free model', told({ ...USAGE.usage, cost: 0 }), { reportedCostUsd: 0 }),
	[
		'in a header',
		'whole',
		json(WHOLE, { headers: { 'x-litellm-response-cost': '3.5e-05' } }),
		{ reportedCostUsd: 0.000035 },
	],
	streamed(
		'at the end of a stream',
		[chunk({ content: 'Hi' }), chunk({}, 'stop', { usage: { ...USAGE.usage, cost: 0.00014 } })],
		{ reportedCostUsd: 0.00014 },
	),
];
