import type { Reply, Script } from '../../gateway';
import { langchainTool, supplied, toolNode } from '../support/supplied';
import type { FieldRow, Setting } from './fieldRow';
import { turns } from './runOutcome';
import { sharedRows } from './sharedRows';
import { subWorkflow, toolRows } from './toolRows';

export const loopBase = { prompt: 'Go' };

const schema = { type: 'object', properties: { n: { type: 'number' } } };
const asks = (...numbers: number[]): Reply => ({
	toolCalls: numbers.map((n) => ({ id: `c${n}`, name: 'look', arguments: { n } })),
	usage: { promptTokens: 100, completionTokens: 0, totalTokens: 100 },
});
/** Asks forever, unless it must not. */
const forever: Script = ({ tool_choice }, n) =>
	tool_choice === 'none' ? { text: 'Enough.' } : asks(n);
const fiveTurns: Script = (_body, n) => (n < 5 ? asks(n) : { text: 'Done.' });
const once: Reply[] = [asks(1, 2), { text: 'Done.' }];

/** With a connected tool that counts how many of its calls run at once. */
function look(run: (n: unknown) => unknown, script: Script, more: Setting = {}): Setting {
	return {
		...more,
		parts: () => {
			const seen = { underWay: 0, peak: 0 };
			const counted = async ({ n }: Record<string, unknown>) => {
				seen.peak = Math.max(seen.peak, (seen.underWay += 1));
				await turns();
				seen.underWay -= 1;
				return run(n);
			};
			const tool = langchainTool({ name: 'look', schema, run: counted });
			return { script, seen, supplied: [supplied('ai_tool', tool)] };
		},
	};
}
const plain = (script: Script, more?: Setting) => look((n) => ({ n }), script, more);
const slow = () => new Promise((resolve) => setTimeout(resolve, 200));
const limited = { with: { options: { maxIterations: 1 } } };

/** With a memory that only tells what it was given. */
function remembering(): Setting {
	const setting = plain(once);
	return {
		parts: () => {
			const parts = setting.parts?.();
			const seen: unknown[] = [];
			const memory = {
				chatHistory: { addMessages: async (all: unknown[]) => void seen.push('turn', all.length) },
				loadMemoryVariables: async () => ({ chat_history: [] }),
				saveContext: async () => void seen.push('answer'),
			};
			return {
				...parts,
				seen,
				supplied: [...(parts?.supplied ?? []), supplied('ai_memory', memory)],
			};
		},
	};
}

const OPUS = 'anthropic/claude-opus-4-7';

/** More than all definitions may take. */
const WORDY = 'Does something that takes many words. '.repeat(1_500);

/** With a further tool, so that there is something to look for. */
function searching(description?: string): Setting {
	const on = { with: { options: { toolSearch: 'on' } } };
	const setting = plain(once, description ? { node: { typeVersion: 2 } } : on);
	return {
		...setting,
		parts: () => {
			const parts = setting.parts?.();
			const other = langchainTool({ name: 'other', description, schema, run: () => 1 });
			return { ...parts, supplied: [...(parts?.supplied ?? []), supplied('ai_tool', other)] };
		},
	};
}

/** With a connected node that answers with a picture. */
function photographing(): Setting {
	const data = Buffer.from('\x89PNG\r\n\x1a\n bytes', 'latin1').toString('base64');
	return {
		parts: () => ({
			script: [{ toolCalls: [{ id: 'c', name: 'test_look', arguments: {} }] }, { text: 'A cat.' }],
			supplied: [
				toolNode('look', async () => [
					{ json: {}, binary: { data: { data, mimeType: 'image/png' } } },
				]),
			],
		}),
	};
}

const called = { id: 'c1', type: 'function', function: { name: 'look', arguments: '{"n":1}' } };
const resume = {
	...{ version: 1, id: 'r', iterations: 1, model: 'claude-haiku-4-5', elapsedMs: 1, stuck: false },
	messages: [
		{ role: 'user', content: 'Before' },
		{ role: 'assistant', content: null, tool_calls: [called] },
	],
	spending: {
		usage: { promptTokens: 1, completionTokens: 1, totalTokens: 2 },
		...{ costUsd: 0, requests: 1, retries: 0 },
	},
	...{ steps: [], callCounts: {}, settled: [] },
	pending: [{ callId: 'c1', name: 'look', arguments: { n: 1 } }],
	results: [{ callId: 'c1', result: 'seen' }],
};

const limits: FieldRow[] = [
	['options.deadlineSeconds', 0.02, 'json.stopReason', 'deadline', look(slow, once)],
	['options.maxIterations', 2, 'json.iterations', 2, plain(fiveTurns)],
	['options.maxToolCalls', 2, 'json.stopReason', 'maxToolCalls', plain(fiveTurns)],
	['options.maxTotalTokens', 150, 'json.stopReason', 'tokenBudget', plain(fiveTurns)],
	[
		'options.repeatLimit',
		2,
		'json.stopReason',
		'repeatedCalls',
		plain([asks(7), asks(7), asks(7), { text: 'Done.' }]),
	],
	['options.toolConcurrency', 1, 'seen.peak', 1, plain(once)],
	[
		'options.toolResultLimit',
		200,
		'bodies.1.messages.2.content',
		/left out/,
		look(() => 'long '.repeat(99), once),
	],
	['options.toolTimeoutSeconds', 0.02, 'json.steps.0.error', /0\.02 s/, look(slow, once)],
];

/** Four results, and then the model takes only 2,000 tokens. */
const outgrown: Script = (body, n) => {
	if (JSON.stringify(body).includes('Sum it up')) return { text: 'Four looks.' };
	if (n < 4) return { ...asks(n), text: 'I look again. '.repeat(99) };
	const message = 'prompt is too long: 9000 tokens > 2000 maximum';
	return n === 4 ? { status: 400, error: { message } } : { text: 'Done.' };
};
const outgrows = (more?: Setting) => look(() => 'long '.repeat(999), outgrown, more);

const kept = (more?: Setting) => look(() => 'long '.repeat(999), once, more);
const contextRows: FieldRow[] = [
	[
		'options.longResults=cut',
		'cut',
		'bodies.1.messages.2.content',
		/left out/,
		kept({ with: { options: { toolResultLimit: 1000 } }, node: { typeVersion: 2 } }),
	],
	[
		'options.longResults=keep',
		'keep',
		'bodies.1.messages.2.content',
		/^Too long to show: kept as "r1"/,
		kept({ with: { options: { toolResultLimit: 1000 } }, from: 'cut' }),
	],
	[
		'options.contextMode=off',
		'off',
		'error',
		/prompt is too long/,
		outgrows({ error: /too long/ }),
	],
	[
		'options.contextMode=stubs',
		'stubs',
		'bodies.5.messages.2.content',
		/^\[Left out to save room: the result of look/,
		outgrows({ from: 'summary' }),
	],
	[
		'options.contextMode=summary',
		'summary',
		'bodies.6.messages.1.content',
		/<summary>\nFour looks\.\n<\/summary>/,
		outgrows(),
	],
];

/** Conditions about the calls of `once`, whose numbers are 1 and 2. */
const approve = (row: object, more?: Setting): Setting =>
	plain(once, {
		...more,
		with: { options: { approveWhen: { values: [{ argument: 'n', value: '1', ...row }] } } },
	});
const COMPARISON = 'options.approveWhen.values.comparison';
const asked = (comparison: string, value: string, more?: Setting): FieldRow => [
	`${COMPARISON}=${comparison}`,
	comparison,
	'json.stopReason',
	'awaitingApproval',
	approve({ value }, more),
];

const approveRows: FieldRow[] = [
	[
		'options.approveWhen.values.tool',
		'gone',
		'error',
		/"gone" is not a tool/,
		approve({ value: '9' }),
	],
	[
		'options.approveWhen.values.argument',
		'm',
		'json.stopReason',
		'awaitingApproval',
		approve({ value: '9' }),
	],
	[
		'options.approveWhen.values.value',
		'1',
		'json.stopReason',
		'awaitingApproval',
		approve({ comparison: 'equals' }),
	],
	asked('always', '9'),
	asked('contains', '2'),
	asked('notEquals', '9'),
	asked('notMatches', '9'),
	asked('equals', '2'),
	asked('exists', '9'),
	asked('less', '2'),
	asked('matches', '9|2'),
	asked('greater', '1', { from: 'less' }),
];

export const loopRows: FieldRow[] = [
	...approveRows,
	...contextRows,
	...sharedRows,
	...toolRows,
	...limits,
	['prompt', 'Else', 'bodies.0.messages', [{ role: 'user', content: 'Else' }]],
	['systemMessage', 'Be kind.', 'bodies.0.messages.0', { role: 'system', content: 'Be kind.' }],
	[
		'options.imageTools',
		['test_look'],
		'json.steps.0.result',
		'[image/png, 1 kB]',
		photographing(),
	],
	[
		'options.images',
		['https://example.com/a.png'],
		'bodies.0.messages.0.content.0.image_url.url',
		'https://example.com/a.png',
	],
	['options.includeMessages', true, 'json.messages.length', 2],
	[
		'options.onLimit=answer',
		'answer',
		'json.output',
		'Enough.',
		plain(forever, { ...limited, from: 'return' }),
	],
	['options.onLimit=error', 'error', 'error', /Max Iterations/, plain(forever, limited)],
	['options.onLimit=return', 'return', 'bodies.length', 1, plain(forever, limited)],
	[
		'options.outputSchema',
		JSON.stringify({ ...schema, required: ['n'] }),
		'json.output',
		{ n: 1 },
		{ script: () => ({ text: '{"n":1}' }) },
	],
	['options.remember=answer', 'answer', 'seen', ['answer'], { ...remembering(), from: 'turn' }],
	['options.remember=turn', 'turn', 'seen', ['turn', 5], remembering()],
	[
		'options.resumeFrom',
		JSON.stringify(resume),
		'bodies.0.messages.2.content',
		'seen',
		plain([{ text: 'Done.' }]),
	],
	['options.showToolUse', true, 'chat', '*Using look…*\n\nDone.', plain(once, { isRead: true })],
	[
		'options.checkpointKey',
		'one',
		'error',
		/Items 0 and 1 have one Checkpoint Key/,
		plain(once, {
			...{ workflows: [subWorkflow], input: [{ json: {} }, { json: {} }] },
			with: { options: { checkpointWorkflow: 'sub' } },
		}),
	],
	['options.checkpointWorkflow', 'gone', 'error', /no workflow with the id "gone"/, plain(once)],
	['options.stopAfterTool', 'look', 'json.stopReason', 'stopped', plain(once)],
	[
		'options.strongerAfterTurns',
		1,
		'bodies.1.model',
		OPUS,
		plain(once, { with: { options: { strongerModel: OPUS } } }),
	],
	[
		'options.strongerModel',
		OPUS,
		'bodies.1.model',
		OPUS,
		plain(once, { with: { options: { strongerAfterTurns: 1 } } }),
	],
	['options.pinnedTools', ['look'], 'bodies.0.tools.length', 2, searching()],
	['options.toolSearch=on', 'on', 'bodies.0.tools.0.function.name', 'search_tools', plain(once)],
	['options.toolSearch=off', 'off', 'bodies.0.tools.length', 2, searching(WORDY)],
	[
		'options.toolSearch=auto',
		'auto',
		'bodies.0.tools.0.function.name',
		'look',
		plain(once, { from: 'on' }),
	],
	['options.toolChoice', 'required', 'bodies.0.tool_choice', 'required', plain(once)],
	['options.toolChoice', 'look', 'bodies.0.tool_choice.function.name', 'look', plain(once)],
];
