import type { Part } from '../../server/buildWorkflow';
import type { Conditions } from './answers';
import * as nodes from './contenders';

/** Who runs against whom, with how many items and under which conditions. */
export interface Race extends Conditions {
	title: string;
	contenders: Array<nodes.Contender & { items: number }>;
}

type Entry = Race['contenders'][number];
const entry = (name: string, parts: Part[], items = 1000): Entry => ({ name, parts, items });

/** The same node, with On Error set to Continue. */
const continuesOnError = ({ name, parts: [node, ...rest], items }: Entry): Entry => ({
	name: `${name}, continues on error`,
	parts: node ? [{ ...node, onError: 'continueRegularOutput' }, ...rest] : [],
	items,
});

const chat = entry('TokenHub Chat Completion, 50 at once', nodes.chat({ concurrency: 50 }));
const extract = entry('TokenHub JSON Extract, 50 at once', nodes.extract({ concurrency: 50 }));
const chain = entry('Basic LLM Chain, batch 50', nodes.chain(50));
const extractor = entry('Information Extractor, batch 50', nodes.extractor(50));

const WAYS = { fetch: 'fetch', keepAlive: 'node:http' } as const;
type Way = keyof typeof WAYS;

const bare = (url: string, way: Way, concurrency: number) =>
	entry(
		`bare ${WAYS[way]}, ${concurrency} at once`,
		nodes.probe(url, { way, concurrency, expression: true }),
	);

/** The contenders that are measured under every condition. */
const quick = (url: string): Entry[] => [
	...[chat, chain, entry('HTTP Request, all at once', nodes.httpRequest(url))],
	...[bare(url, 'fetch', 50), bare(url, 'keepAlive', 50)],
	entry(
		'bare fetch, 50 at once, without an expression',
		nodes.probe(url, { way: 'fetch', concurrency: 50, expression: false }),
	),
];

const everyone = (url: string): Entry[] => [
	entry('TokenHub Chat Completion, 32 at once', nodes.chat({ concurrency: 32 })),
	...[bare(url, 'fetch', 32), bare(url, 'keepAlive', 32)],
	...quick(url),
	entry('TokenHub Tool Call Loop, 50 at once', nodes.loop({ concurrency: 50 })),
	...[extract, entry('AI Agent, batch 50', nodes.agent(50)), extractor],
	entry('Basic LLM Chain, its default batch of 5', nodes.chain(5), 100),
	entry('OpenAI, one by one', nodes.openAi(), 100),
];

export function races(url: string): Race[] {
	const [, , httpRequest = chat] = quick(url);
	const growing = [10, 100, 1000, 10_000].flatMap((items) => [
		entry(`TokenHub Chat Completion, ${items} items`, chat.parts, items),
		entry(`bare fetch, ${items} items`, bare(url, 'fetch', 50).parts, items),
	]);
	const few = quick(url).map((one) => ({ ...one, items: 100 }));
	const failing = [chat, extract, chain, extractor, httpRequest].map(continuesOnError);
	return [
		{ title: '1,000 items, answers after 200 ms', ...after(200), contenders: everyone(url) },
		{ title: '1,000 items, answers after 50 ms', ...after(50), contenders: quick(url) },
		{ title: '1,000 items, immediate answers', ...after(0), contenders: quick(url) },
		{ title: '100 items, answers after 200 ms', ...after(200), contenders: few },
		{ title: FAULTS, faults: true, latencyMs: 50, contenders: failing },
		{ title: 'From 10 to 10,000 items, immediate answers', ...after(0), contenders: growing },
	];
}

const after = (latencyMs: number): Conditions => ({ latencyMs, faults: false });
const FAULTS = '1,000 items, 1 % of the answers are 429, 1 % are 500';
