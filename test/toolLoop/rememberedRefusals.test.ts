import { defineTool, runToolLoop, type Tool, type ToolLoopRequest } from '../../core';
import type { Reply, Script } from '../../gateway';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';
import { openLoop } from '../support/runLoop';
import { suppliedTool } from '../support/supplied';
import { asks, call, done } from './fault';

/** A tool that was refused once is not offered again, so that no request has to fail for it twice. */

const named = (name: string, description = name): Tool =>
	defineTool({ name, description, parameters: {}, execute: () => name });
const tools = ['first', 'bad', 'good'].map((name) => named(name));

const refusal = (at: number): Reply => ({
	status: 400,
	error: { message: `tools.${at}.custom.input_schema: JSON schema is invalid.` },
});
/** Refuses every tool of that description. */
const refusing: Script = ({ tools: sent = [], messages }) => {
	const at = sent.findIndex(({ function: { description } }) => description === 'bad');
	if (at >= 0) return refusal(at);
	return messages.length > 1 ? done : asks(call('good'));
};

async function openTwice() {
	const { client, gateway } = await openGateway(refusing);
	const request: ToolLoopRequest = { prompt: 'Go', tools };
	const first = await runToolLoop(client, request);
	const before = gateway.requests.length;
	return {
		...{ client, first, request },
		statuses: () => gateway.requests.slice(before).map(({ status }) => status),
	};
}

test.each<[string, Partial<ToolLoopRequest>]>([
	['the same tools', {}],
	['tools that say the same', { tools: ['first', 'bad', 'good'].map((name) => named(name)) }],
	['another order', { tools: tools.toReversed() }],
	['a stream', { stream: true }],
	['another forced tool', { toolChoice: { name: 'good' } }],
])('is not offered in a later run: %s', async (_what, more) => {
	const { client, first, request, statuses } = await openTwice();
	const again = await runToolLoop(client, { ...request, ...more });
	expect(again).toMatchObject({ output: 'Done.', warnings: first.warnings });
	expect(first.warnings).toEqual([expect.stringMatching(/^The tool "bad" was left out: .*400/)]);
	expect(statuses()).not.toContain(400);
});

test.each<[string, Partial<ToolLoopRequest>, number[]]>([
	['another model', { model: 'anthropic/claude-haiku-4-5' }, [400, 200, 200]],
	['another description', { tools: [named('bad', 'better'), named('good')] }, [200, 200]],
	['the only tool', { tools: [named('bad')] }, [400]],
	['a forced tool', { toolChoice: { name: 'bad' } }, [400]],
])('is asked for again: %s', async (_what, more, expected) => {
	const { client, request, statuses } = await openTwice();
	await runToolLoop(client, { ...request, ...more }).catch(() => undefined);
	expect(statuses()).toEqual(expected);
});

test('a refusal is not remembered where leaving the tool out did not help', async () => {
	let isUp = false;
	const { client, gateway } = await openGateway(({ tools: sent = [] }) => {
		if (isUp) return done;
		const at = sent.findIndex(({ function: { name } }) => name === 'bad');
		return at >= 0 ? refusal(at) : { status: 401, error: { message: 'no' } };
	});
	await failure(runToolLoop(client, { prompt: 'Go', tools }));
	isUp = true;
	expect(await runToolLoop(client, { prompt: 'Go', tools })).not.toHaveProperty('warnings');
	expect(gateway.requests.at(-1)?.body).toMatchObject({
		tools: [{}, { function: { name: 'bad' } }, {}],
	});
});

test('in n8n, for all items of a run, and each output says so', async () => {
	const { gateway, run } = await openLoop(refusing);
	const supplied = ['first', 'bad', 'good'].map((name) =>
		suppliedTool({ name, schema: {}, run: () => name }),
	);
	const items = [{ n: 1 }, { n: 2 }, { n: 3 }];
	const { last, error } = await run({
		parameters: { options: { concurrency: 1 } },
		supplied,
		items,
	});
	expect(error).toBeUndefined();
	expect(last.map(({ json }) => json.warnings)).toEqual(
		items.map(() => [expect.stringMatching(/^The tool "bad" was left out/)]),
	);
	expect(gateway.requests.filter(({ status }) => status === 400)).toHaveLength(1);
});
