/** The current turn, and the one that begins when it ends. */
const turns: { now?: Promise<void>; next?: Promise<void> } = {};

/**
 * Lets everything else in the process run first, including input and output. All callers during one
 * turn share the next one: the current turn has already begun, so it would not be a whole turn for
 * them.
 */
export async function breathe(): Promise<void> {
	if (turns.now) {
		turns.next ??= turns.now.then(async () => {
			turns.next = undefined;
			await beginTurn();
		});
		return await turns.next;
	}
	await beginTurn();
}

async function beginTurn(): Promise<void> {
	turns.now ??= oneTurn().then(() => {
		turns.now = undefined;
	});
	await turns.now;
}

/**
 * A message takes a turn of the event loop, a promise does not. Each message has a new channel, because
 * Node delivers up to a thousand messages of one port in a single turn.
 */
async function oneTurn(): Promise<void> {
	const { port1, port2 } = new MessageChannel();
	await new Promise<void>((resolve) => {
		port1.addEventListener('message', () => resolve());
		port1.start();
		port2.postMessage(undefined);
	});
	port1.close();
}

/** Call it between the pieces of long work: it lets others run 40 times a second. */
export function breaths(): () => Promise<void> {
	let last = performance.now();
	return async () => {
		if (performance.now() - last < 25) return;
		await breathe();
		last = performance.now();
	};
}

/**
 * Runs `task` over `inputs`, at most `limit` in parallel, and returns the results in input order. The
 * first rejection rejects the whole; tasks that must not end the others handle their own failures.
 */
export async function mapConcurrently<Input, Output>(
	inputs: readonly Input[],
	limit: number,
	task: (input: Input, index: number) => Promise<Output>,
): Promise<Output[]> {
	const outputs: Output[] = [];
	const queue = inputs.entries();
	const work = async () => {
		// One shared iterator: each worker takes the next input as soon as it is free.
		for (const [index, input] of queue) outputs[index] = await task(input, index);
	};
	const workers = Math.max(1, Math.min(limit, inputs.length));
	await Promise.all(Array.from({ length: workers }, work));
	return outputs;
}

interface OpenPromise<Value> {
	promise: Promise<Value>;
	resolve(this: void, value: Value): void;
	reject(this: void, error: Error): void;
}

/** The equivalent of `Promise.withResolvers`, which Node 20 lacks: n8n before 2.10 may run on it. */
export function openPromise<Value>(): OpenPromise<Value> {
	let resolve: OpenPromise<Value>['resolve'] = () => undefined;
	let reject: OpenPromise<Value>['reject'] = () => undefined;
	const promise = new Promise<Value>((...ends) => {
		[resolve, reject] = ends;
	});
	return { promise, resolve, reject };
}

/** @throws Error if the signal aborts first; the promise is then abandoned. */
export async function abortable<Value>(
	waited: Value | PromiseLike<Value>,
	signal: AbortSignal | undefined,
): Promise<Value> {
	if (!signal) return await waited;
	let stop: () => void = () => undefined;
	const stopped = new Promise<never>((_resolve, reject) => {
		stop = () => reject(new Error(String(signal.reason)));
		if (signal.aborted) stop();
		else signal.addEventListener('abort', stop, { once: true });
	});
	try {
		return await Promise.race([stopped, waited]);
	} finally {
		signal.removeEventListener('abort', stop);
	}
}
