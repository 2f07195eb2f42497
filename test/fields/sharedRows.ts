import type { Reply } from '../../gateway';
import { keeper } from '../support/keeper';
import type { FieldRow, Setting } from './fieldRow';
import { sentRows } from './parameterRows';

const HAIKU = 'anthropic/claude-haiku-4-5';
const ANSWER: Reply = { text: '{"a":"b"}' };
const node = { onError: 'continueRegularOutput' as const };
const usage = { promptTokens: 1_000_000, completionTokens: 0, totalTokens: 1_000_000 };
const options = (values: object, more: Setting = {}): Setting => ({
	...more,
	with: { options: values },
});
/** A minute of which one request takes all. */
const minute = options(
	{ concurrency: 2 },
	{ items: [{}, {}], stopWhenQuiet: true, error: /cancelled/ },
);
const waiting = (fault: 'hang' | 'stallStream') =>
	options(
		{ maxRetries: 0, ...(fault === 'hang' ? {} : { timeoutSeconds: 86_400 }) },
		{ script: [{ fault }], hurried: true },
	);
const twoItems = { items: [{}, {}] };

const FAILURES: Array<[kind: string, reply: Reply]> = [
	['rateLimit', { status: 429 }],
	['overloaded', { status: 529 }],
	['notFound', { status: 404 }],
	['timeout', { status: 408 }],
	['badResponse', { raw: 'no JSON' }],
	['network', { fault: 'reset' }],
	['badRequest', { status: 400 }],
	['contextLength', { status: 400, error: { code: 'context_length_exceeded' } }],
];

const fallbacks = FAILURES.map(([kind, reply]): FieldRow => {
	const script = ({ model }: { model: string }) => (model === HAIKU ? ANSWER : reply);
	return [
		...([`options.fallbackOn=${kind}`, [kind], 'json.model', HAIKU] as const),
		options({ fallbackModels: [HAIKU], maxRetries: 0 }, { script, from: ['none'] }),
	];
});

const SONNET = 'anthropic/claude-sonnet-4-6';
const million = { promptTokens: 1_000_000, completionTokens: 1_000_000, totalTokens: 2_000_000 };
const priced = (row: object): Setting => ({
	with: { options: { prices: { values: [{ model: SONNET, inputUsd: 1, outputUsd: 1, ...row }] } } },
	script: () => ({ ...ANSWER, usage: million }),
});
const prices: FieldRow[] = [
	['options.prices.values.model', SONNET, 'json.costUsd', 2, priced({ model: 'acme/other' })],
	['options.prices.values.inputUsd', 5, 'json.costUsd', 6, priced({})],
	['options.prices.values.outputUsd', 7, 'json.costUsd', 8, priced({})],
];

export const modelRow: FieldRow = [
	'model',
	{ __rl: true, mode: 'id', value: HAIKU },
	'bodies.0.model',
	HAIKU,
];
/** Nodes of version 1 do not have it. */
const simplifyRow: FieldRow = ['simplify', false, 'json.requests', 1, { node: { typeVersion: 2 } }];
const maxTokensRow: FieldRow = ['maxTokens', 77, 'bodies.0.max_tokens', 77];

/** Options that all nodes have. */
export const sharedRows: FieldRow[] = [
	modelRow,
	maxTokensRow,
	simplifyRow,
	...sentRows,
	// Extraction sends its first request alone, to learn what the model refuses.
	['options.concurrency', 1, 'peak', 1, { items: [{}, {}, {}] }],
	[
		...(['options.fallbackModels', [HAIKU], 'json.model', HAIKU] as const),
		options({ maxRetries: 0 }, { script: [{ status: 529 }, ANSWER], node }),
	],
	...fallbacks,
	['options.firstByteTimeoutSeconds', 60, 'error', /No first byte .* within 60 s/, waiting('hang')],
	[
		'options.idleTimeoutSeconds',
		60,
		'error',
		/nothing more arrived within 60 s/,
		waiting('stallStream'),
	],
	['options.timeoutSeconds', 60, 'error', /not complete within 60 s/, waiting('hang')],
	[
		...(['options.maxCostUsd', 1, 'outputs.0.1.details.kind', 'budget'] as const),
		options({ concurrency: 1 }, { ...twoItems, node, script: () => ({ ...ANSWER, usage }) }),
	],
	[
		...(['options.maxRetries', 0, 'bodies.length', 1] as const),
		{ script: [{ status: 503, headers: { 'retry-after': '0' } }, ANSWER], error: /503/ },
	],
	...prices,
	['options.requestsPerMinute', 1, 'bodies.length', 1, minute],
	['options.tokensPerMinute', 1, 'bodies.length', 1, minute],
	[
		...(['options.reuseResults', true, 'bodies.length', 3] as const),
		options(
			{ concurrency: 1, maxRetries: 0 },
			{ items: [{ n: 1 }, { n: 2 }], times: 2, script: [ANSWER, { status: 500 }, ANSWER, ANSWER] },
		),
	],
];

/** The keys that a store is asked for, in a run. */
let keys: string[] = [];
const store = keeper(new Map(), (key) => keys.push(key));

/** Of the nodes whose result is made of one request alone. */
export const resultRows: FieldRow[] = [
	['options.resultsWorkflow', 'gone', 'error', /no workflow with the id "gone"/],
	[
		'options.resultsKey',
		'mine',
		'seen.0',
		expect.stringMatching(/^"mine\//),
		{
			...{ with: { options: { resultsWorkflow: 'keeper' } }, workflows: [store.workflow] },
			parts() {
				keys = [];
				return { supplied: [store.node], seen: keys };
			},
		},
	],
];
