import { EventEmitter } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { thrownContent, toolContent } from '../../core/toolLoop/toolContent';

const LIMIT = 1_000;
const reading = { limit: LIMIT };
const long = () => Array<number>(60_000).fill(1);
const slow = () => {
	const stream = new PassThrough();
	stream.write('slow ');
	setTimeout(() => stream.end('done'), 30);
	return stream;
};
const breaking = <Stream extends Readable>(stream: Stream) => {
	setTimeout(() => stream.destroy(new Error('ECONNRESET')), 5);
	return stream;
};
const emitting = () => {
	const emitter = new EventEmitter();
	setTimeout(() => emitter.emit('error', new Error('emitted')), 5);
	return emitter;
};
class Page {
	rows = long();
	next = Promise.reject(new Error('no next page'));
}
const broken = () => breaking(new PassThrough());
const refused = () => Promise.reject(new Error('refused'));

/** What Node ends the process for; `jest` would only report it at the end of the file. */
async function unheard(run: () => Promise<unknown>): Promise<unknown[]> {
	const faults: unknown[] = [];
	const note = (fault: unknown) => void faults.push(fault);
	const thrown = process.listeners('uncaughtException');
	const rejected = process.listeners('unhandledRejection');
	process.removeAllListeners('uncaughtException').on('uncaughtException', note);
	process.removeAllListeners('unhandledRejection').on('unhandledRejection', note);
	try {
		await run();
		await wait(40);
	} finally {
		process.removeAllListeners('uncaughtException').removeAllListeners('unhandledRejection');
		for (const listener of thrown) process.on('uncaughtException', listener);
		for (const listener of rejected) process.on('unhandledRejection', listener);
	}
	return faults;
}

test.each<[string, () => unknown]>([
	['a stream that breaks while another is read', () => ({ a: slow(), b: broken() })],
	['a stream beyond the limit', () => ({ list: long(), c: broken() })],
	['a promise beyond the limit', () => ({ list: long(), p: refused() })],
	['many promises', () => Array.from({ length: 55_000 }, refused)],
	['a promise in a Map beyond the limit', () => ({ list: long(), m: new Map([[1, refused()]]) })],
	['a promise in a Set', () => ({ list: long(), s: new Set([refused()]) })],
	['a promise of an object of a class', () => ({ list: long(), page: new Page() })],
	['a stream that a promise gives', async () => await Promise.resolve({ a: slow(), b: broken() })],
	['an emitter', () => ({ list: long(), job: emitting() })],
	['a promise under a name that is not told', () => ({ list: long(), request: refused() })],
	['a promise beside content blocks', () => ({ content: [], structuredContent: { p: refused() } })],
	[
		'a stream that a generator gives',
		() =>
			(async function* () {
				yield { a: slow(), b: broken() };
				await wait(1);
			})(),
	],
])('%s ends no process', async (_what, make) => {
	expect(await unheard(async () => await toolContent(await make(), reading))).toEqual([]);
	const thrown = () => Object.assign(new Error('failed'), { held: make() });
	expect(await unheard(async () => await thrownContent(thrown(), reading))).toEqual([]);
	const late = { ...reading, signal: AbortSignal.abort('time is up') };
	expect(await unheard(async () => await toolContent(make(), late))).toEqual([]);
});

test('streams that are not read are closed', async () => {
	const cancel = jest.fn();
	const make = () => ({
		list: long(),
		file: new PassThrough(),
		web: new ReadableStream({ cancel }),
	});
	const beyond = make();
	await toolContent(beyond, reading);
	const stalled = { stalls: new ReadableStream(), ...make() };
	await toolContent(stalled, { limit: LIMIT, signal: AbortSignal.timeout(5) });
	await wait(1);
	expect([beyond.file.destroyed, stalled.file.destroyed]).toEqual([true, true]);
	expect(cancel).toHaveBeenCalledTimes(2);
});

test('what an error or a client holds is not closed', async () => {
	const socket = new PassThrough();
	const client = new (class Client {
		readonly #socket = socket;
		request = this.#socket;
	})();
	await thrownContent(Object.assign(new Error('failed'), { socket, client }), reading);
	expect(socket.destroyed).toBe(false);
	socket.destroy();
});

test('a thenable that is no promise is asked once', async () => {
	const then = jest.fn((settle: (value: string) => void) => settle('row'));
	const { content } = await toolContent({ query: { then } }, reading);
	expect(content).toBe('{"query":"row"}');
	expect(then).toHaveBeenCalledTimes(1);
});
