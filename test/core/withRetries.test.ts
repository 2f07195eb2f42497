import { withRetries, type RetryRules } from '../../core/client/withRetries';
import { redactorOf } from '../../core/redaction/redactor';
import { refusalError } from '../../core/wire/refusalError';
import { failure } from '../support/failure';

const refused = (status: number, headers: Record<string, string> = {}) =>
	refusalError({ status, headers: new Headers(headers), text: '{"error":{"message":"No."}}' });

/** Runs attempts that throw one thing after the other, then answer, and tells all that happened. */
async function run(thrown: unknown[], rules: Partial<RetryRules> = {}) {
	const log: string[] = [];
	const left = [...thrown];
	const attempt = async () => {
		log.push('attempt');
		if (left.length > 0) throw left.shift();
		return await Promise.resolve('answer');
	};
	const limiter = {
		acquire: async (_signal?: AbortSignal, tokens?: number) => {
			log.push(tokens === undefined ? 'acquire' : `acquire ${tokens}`);
			return await Promise.resolve((outcome: string) => void log.push(outcome));
		},
	};
	const sleep = async (ms: number) => {
		log.push(`sleep ${ms}`);
		await Promise.resolve();
	};
	const redactor = redactorOf('th-secret');
	const ended = withRetries(attempt, { maxRetries: 3, limiter, sleep, redactor, ...rules });
	return { ended, log };
}

const asksFor = (seconds: number) => refused(503, { 'retry-after': String(seconds) });

test.each([
	['429', refused(429), 'throttled'],
	['529', refused(529), 'throttled'],
	['503', refused(503), 'failed'],
	['500', refused(500), 'failed'],
	['a connection that broke', new TypeError('fetch failed'), 'failed'],
	['an answer that is not JSON', new SyntaxError('Unexpected token'), 'failed'],
])(
	'%s: the limiter is told at once, and only then the retry waits',
	async (_name, thrown, told) => {
		jest.spyOn(Math, 'random').mockReturnValue(0);
		const { ended, log } = await run([thrown]);
		const { value, retries, release } = await ended;
		expect({ value, retries }).toEqual({ value: 'answer', retries: 1 });
		// The place of the last attempt is the caller's to release.
		expect(log).toEqual(['acquire', 'attempt', told, 'sleep 500', 'acquire', 'attempt']);
		release('ok');
		expect(log.at(-1)).toBe('ok');
	},
);

test.each([
	['a refusal for good', [refused(400)], {}, 1],
	['more failures than retries', Array.from({ length: 9 }, () => refused(503)), {}, 4],
	['no retries', [refused(503)], { maxRetries: 0 }, 1],
	['a spending limit', [refused(503), refused(503)], { reached: () => true }, 1],
	['no spending limit yet', [refused(503), refused(400)], { reached: () => false }, 2],
	['a wait of more than two minutes', [asksFor(120.001)], {}, 1],
	['a wait of two minutes', [asksFor(120), refused(400)], {}, 2],
])('%s: each attempt releases its place once', async (_name, thrown, rules, attempts) => {
	const { ended, log } = await run(thrown, rules);
	expect((await failure(ended)).kind).toMatch(/^(badRequest|overloaded)$/);
	const of = (word: string) => log.filter((entry) => entry === word).length;
	expect([of('acquire'), of('attempt'), of('failed')]).toEqual([attempts, attempts, attempts]);
});

test('it waits as long as the gateway asks, and longer with each retry if it does not', async () => {
	jest.spyOn(Math, 'random').mockReturnValue(0);
	const { ended, log } = await run([refused(503), asksFor(7), refused(503)], { tokens: 50 });
	expect((await ended).retries).toBe(3);
	const waits = log.filter((entry) => entry.startsWith('sleep'));
	expect(waits).toEqual(['sleep 500', 'sleep 7000', 'sleep 2000']);
	expect(log[0]).toBe('acquire 50');
});

test("a place is released even if the caller's signal throws, and the key is in no message", async () => {
	const signal = new AbortController().signal;
	Object.defineProperty(signal, 'aborted', {
		get() {
			throw new Error('no signal');
		},
	});
	const { ended, log } = await run([refused(503)], { signal });
	await expect(ended).rejects.toThrow('no signal');
	expect(log).toEqual(['acquire', 'attempt', 'failed']);
	const told = await run([new TypeError('th-secret is wrong')], { maxRetries: 0 });
	expect((await failure(told.ended)).message).not.toContain('th-secret');
});
