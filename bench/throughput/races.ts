import type { Part } from '../../test/e2e/buildWorkflow';
import type { Conditions } from './answers';
import * as nodes from './contenders';

/** Who runs against whom, with how many items, under which conditions. */
export interface Race extends Conditions {
	title: string;
	contenders: Array<nodes.Contender & { items: number }>;
}

type Entry = Race['contenders'][number];
const entry = (name: string, parts: Part[], items = 1000): Entry => ({ name, parts, items });

/** The same node, going on when an item fails. */
const goesOn = ({ name, parts: [node, ...rest], items }: Entry): Entry => ({
	name: `${name}, goes on`,
	parts: node ? [{ ...node, onError: 'continueRegularOutput' }, ...rest] : [],
	items,
});

const chat = entry('TokenHub Chat Completion, 50 at once', nodes.chat({ concurrency: 50 }));
const extract = entry('TokenHub JSON Extract, 50 at once', nodes.extract({ concurrency: 50 }));
const chain = entry('Basic LLM Chain, batch 50', nodes.chain(50));
const extractor = entry('Information Extractor, batch 50', nodes.extractor(50));

const WAYS = { fetch: 'fetch', keepAlive: 'node:http' } as const;
type Way = keyof typeof WAYS;

export function races(url: string): Race[] {
	const httpRequest = entry('HTTP Request, all at once', nodes.httpRequest(url));
	const bare = (way: Way, concurrency: number) =>
		entry(
			`bare ${WAYS[way]}, ${concurrency} at once`,
			nodes.probe(url, { way, concurrency, expression: true }),
		);
	const barest = entry(
		'bare fetch, 50 at once, without an expression',
		nodes.probe(url, { way: 'fetch', concurrency: 50, expression: false }),
	);
	const quick = [chat, chain, httpRequest, bare('fetch', 50), bare('keepAlive', 50), barest];
	const steady = { faults: false };
	return [
		{
			title: '1,000 items, answers after 200 ms',
			...{ ...steady, latencyMs: 200 },
			contenders: [
				entry('TokenHub Chat Completion, 32 at once', nodes.chat({ concurrency: 32 })),
				...[bare('fetch', 32), bare('keepAlive', 32), chat],
				entry('TokenHub Tool Call Loop, 50 at once', nodes.loop({ concurrency: 50 })),
				...[extract, chain, entry('AI Agent, batch 50', nodes.agent(50)), extractor, httpRequest],
				entry('Basic LLM Chain, its default batch of 5', nodes.chain(5), 100),
				entry('OpenAI, one by one', nodes.openAi(), 100),
			],
		},
		{ title: '1,000 items, answers after 50 ms', ...steady, latencyMs: 50, contenders: quick },
		{ title: '1,000 items, answers at once', ...steady, latencyMs: 0, contenders: quick },
		{
			title: '100 items, answers after 200 ms',
			...{ ...steady, latencyMs: 200 },
			contenders: quick.map((one) => ({ ...one, items: 100 })),
		},
		{
			title: '1,000 items, one answer of a hundred is 429, one 500',
			...{ latencyMs: 50, faults: true },
			contenders: [chat, extract, chain, extractor, httpRequest].map(goesOn),
		},
		{
			title: 'From 10 to 10,000 items, answers at once',
			...{ ...steady, latencyMs: 0 },
			contenders: [10, 100, 1000, 10_000].flatMap((items) => [
				entry(`TokenHub Chat Completion, ${items} items`, chat.parts, items),
				entry(`bare fetch, ${items} items`, bare('fetch', 50).parts, items),
			]),
		},
	];
}
