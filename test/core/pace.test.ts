import { createPace, type Rates } from '../../core/client/limiter';
import type { Sleep } from '../../core/transport/ports';
import { failure } from '../support/failure';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** The clock of the test. */
const sleep: Sleep = async (ms, signal) =>
	await new Promise((resolve) => {
		const timer = setTimeout(resolve, ms);
		signal?.addEventListener('abort', () => {
			clearTimeout(timer);
			resolve();
		});
	});
const openPace = (rates: Rates) => createPace(rates, sleep);

/** When each of the requests was let in, in seconds. */
async function times(enter: ReturnType<typeof openPace>, tokens: number[]): Promise<number[]> {
	const from = performance.now();
	const seen: number[] = [];
	const all = tokens.map(async (wanted) => {
		await enter(wanted);
		seen.push(Math.round((performance.now() - from) / 1000));
	});
	await jest.advanceTimersByTimeAsync(20 * 60_000);
	await Promise.all(all);
	return seen;
}

test('requests per minute hold over any minute', async () => {
	const enter = openPace({ requestsPerMinute: 2 });
	expect(await times(enter, [0, 0, 0, 0, 0])).toEqual([0, 0, 60, 60, 120]);
});

test('requests that come later are counted from when they came', async () => {
	const enter = openPace({ requestsPerMinute: 2 });
	await enter(0);
	await jest.advanceTimersByTimeAsync(40_000);
	await enter(0);
	// The first is 40 s old, the second is new.
	expect(await times(enter, [0, 0])).toEqual([20, 60]);
});

test('tokens per minute: the small one waits behind the large one', async () => {
	const enter = openPace({ tokensPerMinute: 100 });
	expect(await times(enter, [60, 60, 10, 40])).toEqual([0, 60, 60, 120]);
});

test('a request larger than the rate goes alone', async () => {
	const enter = openPace({ tokensPerMinute: 100 });
	expect(await times(enter, [50, 500, 50])).toEqual([0, 60, 120]);
});

test('what was used takes the place of the estimate', async () => {
	const enter = openPace({ tokensPerMinute: 100 });
	const used = await enter(100);
	used(20);
	expect(await times(enter, [80, 1])).toEqual([0, 60]);
});

test('one that waits goes as soon as another has used less than was thought', async () => {
	const enter = openPace({ tokensPerMinute: 100 });
	const used = await enter(100);
	setTimeout(() => used(20), 5_000);
	expect(await times(enter, [80, 1])).toEqual([5, 60]);
});

test('only as many of the oldest have to be a minute old as there is need for', async () => {
	const enter = openPace({ tokensPerMinute: 100 });
	await enter(60);
	await jest.advanceTimersByTimeAsync(30_000);
	await enter(40);
	expect(await times(enter, [50, 50])).toEqual([30, 60]);
});

test('one that is cancelled does not wait for those before it', async () => {
	const enter = openPace({ requestsPerMinute: 1 });
	await enter(0);
	const before = times(enter, [0]);
	const controller = new AbortController();
	const waiting = failure(enter(0, controller.signal));
	controller.abort();
	let isOver = false;
	void waiting.then(() => (isOver = true));
	for (let turns = 0; turns < 20; turns += 1) await Promise.resolve();
	expect(isOver).toBe(true);
	expect((await waiting).kind).toBe('cancelled');
	expect(await before).toEqual([60]);
});

test('both rates hold together', async () => {
	const enter = openPace({ requestsPerMinute: 2, tokensPerMinute: 100 });
	expect(await times(enter, [10, 10, 90, 10])).toEqual([0, 0, 60, 60]);
});

test('a cancelled one leaves the line, and the next goes on', async () => {
	const enter = openPace({ requestsPerMinute: 1 });
	await enter(0);
	const controller = new AbortController();
	const waiting = failure(enter(0, controller.signal));
	await jest.advanceTimersByTimeAsync(10_000);
	controller.abort();
	expect((await waiting).kind).toBe('cancelled');
	expect(await times(enter, [0])).toEqual([50]);
});
