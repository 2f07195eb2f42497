import { z } from 'zod/v4';
import { defineTool, runToolLoop, type ResumeState, type ToolLoopRequest } from '../../../core';
import type { Reply, Script } from '../../../gateway';
import { failure } from '../../support/failure';
import { openGateway } from '../../support/openGateway';
import { keptIn, toldIn } from './scriptedReader';

const parameters = z.object({ n: z.number() });
const textOf = (n: number, length = 3_000) => `Fact ${n} is K${n}. ${'x'.repeat(length)}`;
const get = (more: object = {}) =>
	defineTool({
		...{ name: 'get', description: 'Gets', parameters },
		execute: ({ n }) => textOf(n),
		...more,
	});
const calls = (...made: Array<[tool: string, args: object]>) => ({
	toolCalls: made.map(([name, args], at) => ({
		id: `${name}${JSON.stringify(args)}${at}`.replace(/\W/g, '_'),
		name,
		arguments: args,
	})),
});
const base = { prompt: 'Go', toolResultLimit: 1_000, maxIterations: 50 };

async function run(script: Script, request: Partial<ToolLoopRequest> = {}) {
	const { client, bodies, gateway } = await openGateway(script);
	const result = await runToolLoop(client, { ...base, tools: [get()], ...request });
	const offered = bodies().map((sent) =>
		z
			.array(z.object({ function: z.object({ name: z.string() }) }))
			.parse(sent.tools)
			.map((tool) => tool.function.name),
	);
	expect(gateway.requests.filter(({ status }) => status !== 200)).toEqual([]);
	return { result, bodies: bodies(), offered, told: toldIn(result.messages) };
}

const fromText = (state: unknown): ResumeState => JSON.parse(JSON.stringify(state));

describe('what is offered', () => {
	const script: Script = (_body, turn) =>
		[
			calls(['get', { n: 1 }]),
			calls(['read_result', { result: 'r1', from: 1, to: 9 }]),
			{ text: 'K1' },
		][turn] ?? { status: 500 };

	test('the tools that read come after the first long result, and change nothing before', async () => {
		const { offered, told, result, bodies } = await run(script);
		expect(offered).toEqual([
			['get'],
			['get', 'read_result', 'search_result'],
			['get', 'read_result', 'search_result'],
		]);
		expect(told[1]).toMatch(/\nFact 1 is$/);
		expect(result.steps[0]).toMatchObject({
			kept: { name: 'r1', characters: 3_014 },
			result: expect.stringContaining('left out'),
		});
		expect(result.steps[1]?.kept).toBeUndefined();
		const cut = await run(script, { longResults: 'cut' });
		expect(bodies[0]).toEqual(cut.bodies[0]);
	});

	test.each<[string, Partial<ToolLoopRequest>]>([
		['no result is longer', { toolResultLimit: 5_000 }],
		['the limit is too small for a preview', { toolResultLimit: 999 }],
		['results are cut', { longResults: 'cut' }],
	])('where %s, requests are those without any of it, to the byte', async (_why, request) => {
		const short: Script = (_body, turn) =>
			[calls(['get', { n: 1 }], ['get', { n: 2 }]), { text: 'Done.' }][turn] ?? { status: 500 };
		const kept = await run(short, request);
		const cut = await run(short, { ...request, longResults: 'cut' });
		expect(kept.bodies).toEqual(cut.bodies);
		expect(kept.result.steps.some((step) => step.kept)).toBe(false);
	});

	test('tools of the user with these names keep them', async () => {
		const own = ['read_result', 'search_result'].map((name) =>
			defineTool({ name, description: 'Own', parameters, execute: () => 'own' }),
		);
		const { told, offered } = await run(
			({ messages }, turn) => {
				const { read, name } = keptIn(toldIn(messages)[0]);
				return (
					[
						calls(['get', { n: 1 }]),
						calls(['read_result', { n: 1 }], [read, { result: name, to: 4 }]),
						{ text: 'Done.' },
					][turn] ?? { status: 500 }
				);
			},
			{ tools: [get(), ...own] },
		);
		expect(told.slice(1)).toEqual(['own', expect.stringMatching(/\nFact$/)]);
		expect(new Set(offered[1]).size).toBe(5);
	});

	test('with tool search, a forced tool and what beforeTurn leaves, they are offered all the same', async () => {
		const other = defineTool({ name: 'other', description: 'Other', execute: () => 1 });
		for (const request of [
			{ toolSearch: { mode: 'on', pinned: ['get'] } },
			{ toolChoice: { name: 'get' } },
			{ beforeTurn: () => ({ tools: ['get'] }) },
		] satisfies Array<Partial<ToolLoopRequest>>) {
			const { offered, told } = await run(script, { ...request, tools: [get(), other] });
			expect(offered[1]).toEqual(expect.arrayContaining(['get', 'read_result', 'search_result']));
			expect(told[1]).toMatch(/\nFact 1 is$/);
		}
	});

	test('a turn without tools offers none of them', async () => {
		const { result } = await run(
			({ tool_choice }, turn) =>
				turn === 0
					? calls(['get', { n: 1 }])
					: tool_choice === 'none'
						? { text: 'Done.' }
						: calls(['read_result', { result: 'r1' }]),
			{ beforeTurn: ({ iterations }) => (iterations > 0 ? { tools: [] } : undefined) },
		);
		expect(result.output).toBe('Done.');
	});
});

describe('limits', () => {
	test('reading is no call of a tool of the user, and ends with the iterations', async () => {
		const { result } = await run(
			({ tool_choice }, turn) =>
				tool_choice === 'none'
					? { text: 'Enough.' }
					: turn === 0
						? calls(['get', { n: 1 }])
						: calls(['read_result', { result: 'r1', from: turn }]),
			{ maxToolCalls: 2, maxIterations: 6 },
		);
		expect(result).toMatchObject({ stopReason: 'maxIterations', iterations: 6, output: 'Enough.' });
		expect(result.steps).toHaveLength(6);
	});

	test('the very same part again and again is a repeated call', async () => {
		const { result } = await run(
			(_body, turn) =>
				turn === 0 ? calls(['get', { n: 1 }]) : calls(['read_result', { result: 'r1' }]),
			{ onLimit: 'return' },
		);
		expect(result.stopReason).toBe('repeatedCalls');
	});

	test('what is read of a long result is never kept itself, and stays within the limit', async () => {
		const { told, result } = await run(
			(_body, turn) =>
				[
					calls(['get', { n: 1 }]),
					calls(
						['read_result', { result: 'r1' }],
						['search_result', { result: 'r1', words: 'xxx fact' }],
					),
					{ text: 'Done.' },
				][turn] ?? { status: 500 },
		);
		for (const said of told) expect(said.length).toBeLessThanOrEqual(1_000);
		expect(result.steps.filter((step) => step.kept)).toHaveLength(1);
	});
});

describe('more than may be kept', () => {
	/** Three results in one turn, whichever is done first, and one more. */
	const turns: Reply[] = [
		calls(['get', { n: 1 }], ['get', { n: 2 }], ['get', { n: 3 }]),
		calls(['get', { n: 4 }]),
		calls(
			['read_result', { result: 'r1' }],
			['search_result', { result: 'r4', words: 'K4' }],
			['read_result', { result: 'r9' }],
			['read_result', { result: '__proto__' }],
		),
		{ text: 'Done.' },
	];
	const script: Script = (_body, turn) => turns[turn] ?? { status: 500 };
	const longResults = { mode: 'keep', maxCharacters: 7_000 } as const;

	test.each([[[1, 2, 3]], [[3, 2, 1]], [[2, 3, 1]]])(
		'the oldest go, and are named, when results come in the order %j',
		async (order) => {
			const execute = async ({ n }: { n: number }) => {
				await new Promise((resolve) => setTimeout(resolve, 30 * Math.max(0, order.indexOf(n))));
				return textOf(n);
			};
			const { told } = await run(script, { longResults, tools: [get({ execute })] });
			expect(told.map((text) => /No longer kept, to make room: (.*)\./.exec(text)?.[1])).toEqual([
				...[undefined, undefined, 'r1', 'r2'],
				...Array.from({ length: 4 }, () => undefined),
			]);
			expect(told[4]).toBe(
				'The result "r1" is no longer kept: it made room for newer ones. Make its call again if you need it.',
			);
			expect(told[5]).toContain('Fact 4 is K4.');
			expect(told[6]).toBe('There is no kept result "r9". Kept: r3, r4.');
			expect(told[7]).toBe('There is no kept result "__proto__". Kept: r3, r4.');
		},
	);

	test('a single one is kept as far as there is room, and the model knows how far', async () => {
		const { told } = await run(script, { longResults: { mode: 'keep', maxCharacters: 2_000 } });
		expect(told[3]).toMatch(
			/It is text, 2000 characters in 1 line; the first 2000 of 3014 characters, the rest is lost\./,
		);
	});

	test('a manual tool: stopped at each turn and resumed from text, requests are the same, to the byte', async () => {
		const whole = await run(script, { longResults });
		const { client, bodies } = await openGateway(script);
		const tools = [get({ execute: undefined })];
		let result = await runToolLoop(client, { ...base, longResults, tools });
		while (result.resume) {
			const resume = fromText(result.resume);
			// The last one first: names do not depend on the order.
			resume.results = resume.pending
				.toReversed()
				.map(({ callId, arguments: args }) => ({ callId, result: textOf(Number(Object(args).n)) }));
			result = await runToolLoop(client, {
				...base,
				prompt: undefined,
				longResults,
				tools,
				resume,
			});
		}
		expect(bodies()).toEqual(whole.bodies);
		expect(result.messages).toEqual(whole.result.messages);
	});

	test.each([1, 8])(
		'from each checkpoint, with %i tools at once, requests are the same, to the byte',
		async (toolConcurrency) => {
			const states: ResumeState[] = [];
			const { client, bodies } = await openGateway(script);
			const request = { ...base, longResults, toolConcurrency, tools: [get({ idempotent: true })] };
			const whole = await runToolLoop(client, request, {
				onCheckpoint: (state) => states.push(fromText(state)),
			});
			expect(states.filter(({ kept }) => kept).length).toBeGreaterThan(4);
			for (const state of states) {
				expect(
					(state.kept?.results ?? []).reduce((sum, { text }) => sum + text.length, 0),
				).toBeLessThanOrEqual(7_000);
				const again = await openGateway(
					({ messages }) =>
						turns[messages.filter(({ role }) => role === 'assistant').length] ?? { status: 500 },
				);
				const result = await runToolLoop(again.client, {
					...request,
					prompt: undefined,
					resume: state,
				});
				expect(again.bodies()).toEqual(bodies().slice(-again.bodies().length));
				expect(result.messages).toEqual(whole.messages);
			}
		},
	);

	test('a state of more room is taken, and what no longer fits is named', async () => {
		const { client } = await openGateway(script);
		const tools = [get({ execute: undefined })];
		const stopped = await runToolLoop(client, { ...base, tools });
		const results = (state: ResumeState) =>
			state.pending.map(({ callId, arguments: args }) => ({
				callId,
				result: textOf(Number(Object(args).n)),
			}));
		const first = fromText(stopped.resume);
		const second = await runToolLoop(client, {
			...base,
			prompt: undefined,
			tools,
			resume: { ...first, results: results(first) },
		});
		const resume = fromText(second.resume);
		expect(resume.kept?.results).toHaveLength(3);
		const { messages } = await runToolLoop(client, {
			...base,
			prompt: undefined,
			longResults,
			tools,
			resume: { ...resume, results: results(resume) },
		});
		expect(toldIn(messages)[3]).toMatch(/No longer kept, to make room: r1, r2\./);
	});
});

test('a stub of a long result names it, so that it can be read again', async () => {
	const { bodies, told } = await run(
		(_body, turn) =>
			turn < 8
				? calls(['get', { n: turn + 1 }])
				: turn === 8
					? calls(['read_result', { result: 'r1', to: 12 }])
					: { text: 'Done.' },
		{ contextMode: 'stubs', contextTokens: 1_500 },
	);
	expect(JSON.stringify(bodies.at(-2)?.messages)).toContain(
		JSON.stringify(
			'[Left out to save room: the result of get({"n":1}), 3014 characters, kept as "r1".]',
		),
	);
	expect(told.at(-1)).toMatch(/\nFact 1 is K1$/);
});

test('a conversation goes on in another run: names of the one before mean nothing, and are not given again', async () => {
	const before = await run(
		(_body, turn) =>
			[calls(['get', { n: 1 }], ['get', { n: 2 }]), { text: 'Done.' }][turn] ?? { status: 500 },
	);
	const after = await run(
		(_body, turn) =>
			[
				calls(['get', { n: 3 }]),
				calls(['read_result', { result: 'r1' }], ['read_result', { result: 'r3', to: 6 }]),
				{ text: 'Done.' },
			][turn] ?? { status: 500 },
		{
			prompt: undefined,
			messages: [...before.result.messages, { role: 'user', content: 'And now?' }],
		},
	);
	const [, , preview, gone, read] = after.told;
	expect(preview).toContain('kept as "r3"');
	expect(gone).toMatch(/no longer kept|no kept result "r1"/);
	expect(read).toMatch(/\nFact 3$/);
});

test('a result that comes in pictures and text keeps its pictures', async () => {
	const image = { type: 'image', mimeType: 'image/png', data: 'iVBORw0KGgo=' };
	const { bodies } = await run(
		(_body, turn) => (turn === 0 ? calls(['get', { n: 1 }]) : { text: 'Done.' }),
		{
			tools: [get({ execute: () => [{ type: 'text', text: textOf(1) }, image] })],
		},
	);
	expect(JSON.stringify(bodies[1]?.messages)).toMatch(/kept as \\"r1\\".*image_url/);
});

test('a failure is cut, and an empty result is none that is kept', async () => {
	const execute = ({ n }: { n: number }) => {
		if (n === 1) throw new Error(textOf(1));
		return n === 2 ? '' : '\n'.repeat(5_000);
	};
	const { told } = await run(
		(_body, turn) =>
			[
				calls(['get', { n: 1 }], ['get', { n: 2 }], ['get', { n: 3 }]),
				calls(['read_result', { result: 'r3', fromLine: 5_001 }]),
				{ text: 'Done.' },
			][turn] ?? { status: 500 },
		{ tools: [get({ execute })] },
	);
	expect(told[0]).toMatch(/^The tool failed: Fact 1.*left out/s);
	expect(told[1]).toBe('The tool returned nothing.');
	expect(told[2]).toMatch(/5000 characters in 5001 lines/);
	expect(told[3]).toMatch(/^Nothing is there: r3 has 5000 characters in 5001 lines/);
});

describe('a state that others have changed', () => {
	async function waiting(): Promise<ResumeState> {
		const { client } = await openGateway(
			(_body, turn) =>
				[calls(['get', { n: 1 }]), calls(['ask', { n: 2 }])][turn] ?? { text: 'Done.' },
		);
		const ask = defineTool({ name: 'ask', description: 'Asks', parameters });
		const { resume } = await runToolLoop(client, { ...base, tools: [get(), ask] });
		return fromText(resume);
	}
	const [kept] = [{ name: 'r1', callId: 'get__n__1_0', text: 'x', isJson: false }];
	test.each<[what: string, kept: unknown, place: string]>([
		['results in words', { results: 'r1', gone: 0, untold: [] }, '/kept/results'],
		[
			'a text that is none',
			{ results: [{ ...kept, text: { length: 5 } }], gone: 0, untold: [] },
			'/kept/results/0/text',
		],
		[
			'an empty text',
			{ results: [{ ...kept, text: '' }], gone: 0, untold: [] },
			'/kept/results/0/text',
		],
		[
			'another name',
			{ results: [{ ...kept, name: 'r2' }], gone: 0, untold: [] },
			'/kept/results/0',
		],
		[
			'a name of the prototype',
			{ results: [{ ...kept, name: '__proto__' }], gone: 0, untold: [] },
			'/kept/results/0/name',
		],
		[
			'a name without end',
			{ results: [{ ...kept, name: `r${'9'.repeat(400)}` }], gone: 0, untold: [] },
			'/kept/results/0/name',
		],
		[
			'a call of another run',
			{ results: [{ ...kept, callId: 'call_9' }], gone: 0, untold: [] },
			'/kept/results/0',
		],
		[
			'a call that waits',
			{ results: [{ ...kept, name: 'r2', callId: 'ask__n__2_0' }], gone: 0, untold: [] },
			'/kept/results/0',
		],
		['the same twice', { results: [kept, kept], gone: 0, untold: [] }, '/kept/results/1'],
		['one that is gone', { results: [kept], gone: 1, untold: [] }, '/kept/results/0'],
		['fewer than none are gone', { results: [], gone: -1, untold: [] }, '/kept/gone'],
		['one is untold that is not gone', { results: [], gone: 0, untold: [1] }, '/kept/untold/0'],
		['a list of more', { results: [], gone: 0, untold: ['r1'] }, '/kept/untold/0'],
		['nothing', null, '/kept'],
	])('%s: refused by its place', async (_what, forged, place) => {
		const state = await waiting();
		const resume = { ...state, kept: forged, results: [{ callId: 'ask__n__2_0', result: 'yes' }] };
		const error = await failure(
			run([{ text: 'Done.' }], { prompt: undefined, resume: JSON.parse(JSON.stringify(resume)) }),
		);
		expect(error.kind).toBe('badConfig');
		expect(error.details.failures?.map(({ path }) => path).join(' ')).toContain(place);
	});

	test('a step that has the name of another call is refused', async () => {
		const state = await waiting();
		const steps = state.steps.map((step) => ({ ...step, kept: { name: 'r2', characters: 5 } }));
		const error = await failure(
			run([{ text: 'Done.' }], { prompt: undefined, resume: { ...state, steps } }),
		);
		expect(error.details.failures?.[0]?.path).toBe('/resume/steps/0/kept/name');
	});

	test('JSON that is none, and a text of more than there is room for, harm nobody', async () => {
		const state = await waiting();
		for (const text of ['{"a":', '[[[['.repeat(10_000), '"'.repeat(10_000), 'x'.repeat(9_000)]) {
			const forged = { gone: 0, untold: [], results: [{ ...kept, text, isJson: true }] };
			const { told } = await run(
				(_body, turn) =>
					turn === 0
						? calls(
								['read_result', { result: 'r1', path: 'a[0]' }],
								['search_result', { result: 'r1', words: 'a "' }],
								['search_result', { result: 'r1', regex: '[[a"]' }],
							)
						: { text: 'Done.' },
				{
					...{ prompt: undefined, longResults: { mode: 'keep', maxCharacters: 40_000 } },
					resume: { ...state, kept: forged, results: [{ callId: 'ask__n__2_0', result: 'yes' }] },
					tools: [get(), defineTool({ name: 'ask', description: 'Asks', parameters })],
				},
			);
			for (const said of told) expect(said.length).toBeLessThanOrEqual(1_000);
		}
	});
});
