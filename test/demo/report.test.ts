import { stripVTControlCharacters } from 'node:util';
import { cameOut } from '../../demo/runDemo';
import { describeItem, explainFailures, type Outcome, report } from '../../demo/report';
import { parseWorkflowFile, type RunResult } from '../../demo/engine';
import { paintFor, startProgress, usd } from '../../demo/screen';
import { paidIn } from '../../demo/spending';

const facts = (promptTokens: number, costUsd: number | null) => ({
	...{ model: 'anthropic/claude-haiku-4-5', requests: 1, retries: 0, costUsd },
	usage: { promptTokens, completionTokens: 1, totalTokens: promptTokens + 1 },
});

const none: RunResult = { ok: true, cancelled: false, nodes: {}, last: [], called: [], ms: 5 };

function ran(type: string, ...jsons: object[]): RunResult['nodes'][string] {
	const outputs = [jsons.map((json) => ({ json: { ...json } }))];
	return { type: `n8n-nodes-tokenhub.${type}`, outputs, runs: 1, ms: 1 };
}

describe('what a run paid', () => {
	it('counts good items, failed ones, tools, errors and called workflows', () => {
		const chat = ran('chat', facts(1, 0.1), { error: 'x', message: 'x', details: facts(10, 0.2) });
		const tool = ran('chatTool', { response: [facts(100, 0.3)] });
		const thrown = {
			...ran('extract'),
			error: { message: '', context: { details: facts(1000, 0) } },
		};
		const called = { ...none, nodes: { Chat: ran('chat', facts(10_000, 0.4)) } };
		const result = { ...none, nodes: { chat, tool, thrown }, called: [called] };
		const { usage, costUsd, requests, models } = paidIn(result);
		expect(usage).toEqual({ promptTokens: 11_111, completionTokens: 5, totalTokens: 11_116 });
		expect({ costUsd, requests, models }).toEqual({
			...{ costUsd: 1, requests: 5, models: ['anthropic/claude-haiku-4-5'] },
		});
	});

	it('is counted once when other nodes hand the items on, and unknown beside an unknown price', () => {
		const chat = ran('chat', facts(1, 0.1));
		const noOp = { ...chat, type: 'n8n-nodes-base.noOp' };
		expect(paidIn({ ...none, nodes: { chat, noOp } }).requests).toBe(1);
		const dear = ran('chat', facts(1, null));
		expect(paidIn({ ...none, nodes: { chat, dear } }).costUsd).toBeNull();
	});
});

describe('what came out', () => {
	it('is what leads nowhere, on any output, without tools and triggers', () => {
		const types = ['Start', 'Chat', 'Tool', 'Next'].map((name) => ({ name, type: name }));
		const to = (node: string, type = 'main') => [{ node, type, index: 0 }];
		const file = parseWorkflowFile({
			nodes: types,
			connections: {
				Start: { main: [to('Chat')] },
				Chat: { main: [[], to('Next')] },
				Tool: { ai_tool: [to('Chat', 'ai_tool')] },
			},
		});
		const two = {
			...ran('x', { good: 1 }),
			outputs: [[{ json: { good: 1 } }], [{ json: { bad: 1 } }]],
		};
		const nodes = {
			Start: ran('x', {}),
			Chat: two,
			Tool: ran('x', {}),
			Next: ran('x', { bad: 2 }),
		};
		const items = cameOut(file, { ...none, nodes });
		expect(items.map(({ json }) => json)).toEqual([{ good: 1 }, { bad: 2 }]);
	});

	it.each([
		[{ text: 'Hello\n  there', ...facts(1, 0) }, 'Hello there'],
		[{ output: { total: 3, lines: [{ a: 1 }, { a: 2 }] } }, 'total: 3, lines: [{a: 1}; {a: 2}]'],
		[{ error: 'Too hot', message: 'Too hot', details: {} }, 'failed: Too hot'],
		[{ invoice: 'I-1', ...facts(1, 0) }, 'invoice: I-1'],
		[{ text: '' }, '(nothing)'],
	])('is told in a line: %j', (json, expected) => {
		expect(describeItem({ json: { ...json } })).toBe(expected);
	});
});

describe('the table', () => {
	const outcome = (over: Partial<RunResult>, texts: string[]): Outcome => {
		const nodes = { chat: ran('chat', ...texts.map((text) => ({ ...facts(12, 0.0027), text }))) };
		const result = { ...none, nodes, ...over };
		const items = nodes.chat.outputs.flat();
		return { file: 'x.json', name: 'First message', result, items, paid: paidIn(result) };
	};
	const error = { message: 'Too\nhot', node: 'Chat', itemIndex: 2, description: 'Cool it' };
	const outcomes = [
		outcome({}, ['one', 'two', 'three', 'four', 'five']),
		outcome({ ok: false, error }, []),
	];
	const plain = paintFor({ write: () => undefined, isTTY: false, columns: 80 }, {});
	const coloured = paintFor({ write: () => undefined, isTTY: true, columns: 80 }, {});

	it.each([70, 80, 100, 130, 200])('fits %d columns and shows every fact', (columns) => {
		const table = report(outcomes, columns, plain);
		expect(table).toBe(stripVTControlCharacters(table));
		for (const line of table.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
		for (const fact of ['message', 'failed', 'ok', '1. one', '3. three', 'and 2 more items']) {
			expect(table).toContain(fact);
		}
		for (const fact of ['claude-haiku-4-5', '60 in', '5 out', '$0.01350', '5 ms']) {
			expect(table).toContain(fact);
		}
		expect(table).not.toContain('four');
	});

	it('has colours on a terminal only, and not under NO_COLOR', () => {
		expect(report(outcomes, 80, coloured)).toMatch(/\u001b\[32mok/);
		const screen = { write: () => undefined, isTTY: true, columns: 80 };
		expect(paintFor(screen, { NO_COLOR: '1' })('red', 'x')).toBe('x');
	});

	it('is followed by node, item, message and hint of each failure', () => {
		const told = explainFailures(outcomes, plain).join('\n');
		expect(told).toContain('First message failed at node "Chat", item 2:');
		expect(told).toMatch(/hot[^]*Cool it/);
	});

	it('prices to what one call costs', () => {
		expect([0, 0.0027, 12.5, null].map(usd)).toEqual(['$0', '$0.00270', '$12.50', 'unknown']);
	});
});

describe('progress', () => {
	function follow(isTTY: boolean): string {
		let written = '';
		const write = (text: string) => (written += text);
		const { onNode, finish } = startProgress({ write, isTTY, columns: 40 }, 'First');
		onNode({ node: 'Chat', phase: 'started' });
		onNode({ node: 'Chat', phase: 'finished', items: 1 });
		finish(true);
		return written;
	}

	it('is plain lines without a terminal', () => {
		expect(follow(false)).toMatch(/^First\n {2}Chat: 1 item\n {2}ok, \d+ ms\n$/);
	});

	it('is one line, written over, on a terminal', () => {
		const written = follow(true);
		expect(written.match(/\n/g)).toHaveLength(1);
		expect(written).toMatch(/· Chat ·[^]*\r\u001b\[2K✔ First/);
	});
});
