import fc from 'fast-check';
import { answer, type AnswerOptions } from '../../core';
import { anchorOf } from '../../core/chat/seam';
import type { Reply, Script } from '../../gateway';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';

const request = { messages: [{ role: 'user' as const, content: 'Tell me all.' }] };

async function ask(script: Script, options: AnswerOptions = {}, maxRetries = 0) {
	const opened = await openGateway(script, { maxRetries });
	return { ...opened, running: answer(opened.client, request, options) };
}

const cut = (text: string): Reply => ({ text, finishReason: 'length' });

const STORY = [
	'# A story 👩‍🚀 of many parts 🎉\n\nIt begins, as all do, with a table:\n\n',
	'| name | value |\n| ------------------------------ | ------------------------------ |\n',
	'```ts\nfor (const n of list) {\n\tconsole.log(n);\n\tconsole.log(n);\n}\n```\n\n',
	'Ünd so weiter, ünd so weiter. 東京は晴れ。 الطقس جميل. 👍🏽👍🏽👍🏽\n\n',
]
	.join('')
	.repeat(4);

/** The end of the text that a request asks to go on from. */
const asked = (messages: Array<{ content?: unknown }>): string =>
	/---\n([^]*)\n---$/.exec(String(messages.at(-1)?.content))?.[1] ?? '';

describe('autoContinue', () => {
	const points = fc.array(fc.integer({ min: 1, max: STORY.length - 1 }), {
		minLength: 1,
		maxLength: 3,
	});
	/** Cuts where a tokenizer could: not inside of an emoji's halves. */
	const pieces = (cuts: number[]) => {
		const at = [...new Set(cuts)]
			.map((point) => (/[\uDC00-\uDFFF]/.test(STORY.charAt(point)) ? point + 1 : point))
			.sort((a, b) => a - b);
		return [0, ...at].map((from, index) => STORY.slice(from, at[index]));
	};

	test.each<[how: string, options: AnswerOptions, repeats: boolean]>([
		['repeats what it is asked to', {}, true],
		['just goes on', {}, false],
		['repeats, streamed', { stream: true }, true],
		['just goes on, streamed', { stream: true }, false],
	])('the stitched text is the original, wherever it is cut: a model that %s', async (...row) => {
		const [, options, repeats] = row;
		await fc.assert(
			fc.asyncProperty(points, async (cuts) => {
				const parts = pieces(cuts);
				const script: Script = ({ messages }, n) => {
					const text = (n > 0 && repeats ? asked(messages) : '') + (parts[n] ?? '');
					return n < parts.length - 1 ? cut(text) : { text };
				};
				let shown = '';
				const onText = options.stream ? (delta: string) => void (shown += delta) : undefined;
				const { running } = await ask(script, { ...options, onText, autoContinue: true });
				const result = await running;
				expect(result.text).toBe(STORY);
				if (options.stream) expect(shown).toBe(STORY);
				expect(result).toMatchObject({
					...{ finishReason: 'stop', requests: parts.length },
					continuations: parts.length > 1 ? parts.length - 1 : undefined,
				});
			}),
			{ seed: 11, numRuns: 50 },
		);
	});

	test('adds up what all requests cost, and keeps to its limit', async () => {
		const usage = { promptTokens: 1000, completionTokens: 100, totalTokens: 1100 };
		const { running, gateway } = await ask((_body, n) => ({ ...cut(`part ${n} `), usage }), {
			autoContinue: true,
		});
		const result = await running;
		expect(result).toMatchObject({ finishReason: 'length', requests: 11, continuations: 10 });
		expect(result.usage.totalTokens).toBe(11 * 1100);
		expect(result.costUsd).toBeCloseTo(11 * 0.0045, 9);
		expect(gateway.requests).toHaveLength(11);
	});

	test('is off unless it is asked for, and leaves cut tool calls alone', async () => {
		const off = await ask([cut('one')]);
		expect(await off.running).toMatchObject({ text: 'one', finishReason: 'length', requests: 1 });
		const calls: Reply = { toolCalls: [{ name: 'x', arguments: '{"a' }], finishReason: 'length' };
		const tools = [
			{ type: 'function' as const, function: { name: 'x', parameters: { type: 'object' } } },
		];
		const { client } = await openGateway([calls]);
		const result = await answer(client, { ...request, tools }, { autoContinue: true });
		expect(result).toMatchObject({ finishReason: 'length', requests: 1 });
	});

	test('a failure keeps the text so far and what was paid', async () => {
		const { running } = await ask([cut('The first part'), { status: 500 }], { autoContinue: true });
		const error = await failure(running);
		expect(error).toMatchObject({ kind: 'overloaded', details: { raw: 'The first part' } });
		expect(error.details.costUsd).toBeGreaterThan(0);
	});
});

test('what a model is asked to repeat begins with a whole character', () => {
	for (const shift of ['', 'a']) expect(anchorOf('👍'.repeat(80) + shift)).toMatch(/^👍+a?$/u);
});

describe('an empty answer', () => {
	test('is asked for once more, and paid for twice', async () => {
		const { running } = await ask([{ text: '' }, { text: 'Here.' }]);
		expect(await running).toMatchObject({ text: 'Here.', requests: 2 });
	});

	test('is what it is the second time, or when the model declines', async () => {
		const twice = await ask([{ text: '' }, { text: ' ' }]);
		expect(await twice.running).toMatchObject({ text: ' ', requests: 2 });
		const declined = await ask([{ text: '', refusal: 'No.' }]);
		expect(await declined.running).toMatchObject({ refusal: 'No.', requests: 1 });
	});
});

describe('a stream that breaks off', () => {
	const broken: Reply = { fault: 'cutStream', text: 'Half of it' };

	test('is opened again when nobody saw anything', async () => {
		const { running } = await ask([broken, { text: 'All of it' }], { stream: true }, 1);
		expect(await running).toMatchObject({ text: 'All of it', retries: 1 });
	});

	test('is an error with its text when somebody did', async () => {
		let shown = '';
		const onText = (delta: string) => void (shown += delta);
		const { running } = await ask([broken, { text: 'All of it' }], { stream: true, onText });
		const error = await failure(running);
		expect(error).toMatchObject({ kind: 'network', details: { raw: shown, costUsd: null } });
		expect(shown).not.toBe('');
	});

	test.each([0, 1, 2])('is an error after %d retries', async (maxRetries) => {
		const { running, gateway } = await ask(() => broken, { stream: true }, maxRetries);
		expect(await failure(running)).toMatchObject({ kind: 'network' });
		expect(gateway.requests).toHaveLength(maxRetries + 1);
	});
});
