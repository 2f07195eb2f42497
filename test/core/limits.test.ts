import { backoffMs } from '../../core/client/withRetries';
import { createLimiter, type Limiter } from '../../core/client/limiter';
import { isWorthAsking } from '../../core/extract/trackRecord';
import { spentLimit } from '../../core/purse';
import { noSpending } from '../../core/usage';
import { failure } from '../support/failure';

/** Where a limit begins: the value itself, and its neighbors on both sides. */

describe('the limiter', () => {
	const take = (limiter: Limiter, calls: number) =>
		Promise.all(Array.from({ length: calls }, () => limiter.acquire()));
	const inLine = () => new Promise((resolve) => setImmediate(resolve));
	/** How many calls at once it lets in on top of those under way. */
	async function free(limiter: Limiter, most = 20) {
		let entered = 0;
		for (let call = 0; call < most; call += 1) void limiter.acquire().then(() => (entered += 1));
		await inLine();
		return entered;
	}

	/** Of eight places, four are left. */
	async function throttled() {
		const limiter = createLimiter(8);
		const releases = await take(limiter, 8);
		for (const release of releases) release('throttled');
		return limiter;
	}

	test('one answer after a cut opens no further place', async () => {
		const limiter = await throttled();
		const [first] = await take(limiter, 4);
		first?.('ok');
		expect(await free(limiter)).toBe(1);
	});

	test('as many answers as there are places open one', async () => {
		const limiter = await throttled();
		for (let answer = 0; answer < 5; answer += 1) (await limiter.acquire())('ok');
		expect(await free(limiter)).toBe(5);
	});

	test('answers never open more places than there are', async () => {
		const limiter = createLimiter(2);
		for (let answer = 0; answer < 20; answer += 1) (await limiter.acquire())('ok');
		expect(await free(limiter)).toBe(2);
	});

	test('a call that began after a cut cuts again, to one place at the least', async () => {
		const limiter = await throttled();
		(await limiter.acquire())('throttled');
		(await limiter.acquire())('throttled');
		(await limiter.acquire())('throttled');
		expect(await free(limiter)).toBe(1);
	});

	test('a call that is cancelled in line leaves it, and takes no place', async () => {
		const limiter = createLimiter(1);
		const release = await limiter.acquire();
		const stop = new AbortController();
		const cancelled = failure(limiter.acquire(stop.signal));
		const next = limiter.acquire();
		await inLine();
		stop.abort();
		expect((await cancelled).kind).toBe('cancelled');
		release('ok');
		(await next)('ok');
		expect(await free(limiter)).toBe(1);
	});

	test('a call that is cancelled as it gets its place keeps it, and listens no longer', async () => {
		const limiter = createLimiter(1);
		const stop = new AbortController();
		const unheard = jest.spyOn(stop.signal, 'removeEventListener');
		const first = await limiter.acquire();
		const entered = limiter.acquire(stop.signal);
		await inLine();
		first('ok');
		stop.abort();
		const release = await entered;
		expect(unheard).toHaveBeenCalledWith('abort', expect.any(Function));
		const next = limiter.acquire();
		release('failed');
		await expect(next).resolves.toBeInstanceOf(Function);
	});

	test('a call that was cancelled before waits in no line', async () => {
		const limiter = createLimiter(1);
		expect((await failure(limiter.acquire(AbortSignal.abort()))).kind).toBe('cancelled');
		expect(await free(limiter)).toBe(1);
	});

	test('a call that failed for another reason changes nothing', async () => {
		const limiter = createLimiter(8);
		for (const release of await take(limiter, 8)) release('failed');
		expect(await free(limiter)).toBe(8);
	});
});

describe('the wait before a retry', () => {
	afterEach(() => jest.restoreAllMocks());

	test.each([
		[0, 500],
		[1, 1_000],
		[3, 4_000],
		[4, 8_000],
		[5, 8_000],
		[20, 8_000],
	])('after %i retries is %i ms at the most, and three quarters of it at the least', (n, most) => {
		const random = jest.spyOn(Math, 'random').mockReturnValue(0);
		expect(backoffMs(n)).toBe(most);
		random.mockReturnValue(0.5);
		expect(backoffMs(n)).toBe(most * 0.875);
		random.mockReturnValue(1);
		expect(backoffMs(n)).toBe(most * 0.75);
	});
});

describe('a cheaper model is asked first', () => {
	const price = { cheap: 1, dear: 2, free: 0 };
	const worth = (kind: 'first' | 'repair', [wins, tries]: [number, number], next = 'dear') => {
		const odds = { tries, wins };
		const record = {
			first: { tries: 0, wins: 0 },
			repair: { tries: 0, wins: 0 },
			refusesTool: false,
		};
		const priceOf = (model: string) => new Map(Object.entries(price)).get(model) ?? null;
		return isWorthAsking({ ...record, [kind]: odds }, kind, { model: 'cheap', next, priceOf });
	};

	test('as long as it wins no more seldom than its share of the price', () => {
		expect(worth('first', [4, 8])).toBe(true);
		expect(worth('first', [3, 8])).toBe(false);
		expect(worth('repair', [2, 4])).toBe(true);
		expect(worth('repair', [1, 3])).toBe(false);
	});

	test('until it has been tried often enough', () => {
		expect(worth('first', [0, 7])).toBe(true);
		expect(worth('repair', [0, 2])).toBe(true);
	});

	test('where prices say nothing', () => {
		expect(worth('first', [0, 8], 'unknown')).toBe(true);
		expect(worth('first', [0, 8], 'free')).toBe(true);
	});
});

describe('a limit of spending', () => {
	const spent = (totalTokens: number, costUsd: number) => ({
		...noSpending(),
		costUsd,
		usage: { promptTokens: totalTokens, completionTokens: 0, totalTokens },
	});

	test.each([
		[{ maxTotalTokens: 100 }, spent(99, 0), undefined],
		[{ maxTotalTokens: 100 }, spent(100, 0), 'tokenBudget'],
		[{ maxCostUsd: 0.5 }, spent(0, 0.49), undefined],
		[{ maxCostUsd: 0.5 }, spent(0, 0.5), 'costBudget'],
		[{}, spent(1e9, 1e9), undefined],
	])('%j', (limits, spending, reached) => {
		expect(spentLimit(spending, limits)).toBe(reached);
	});
});
