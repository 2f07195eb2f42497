/**
 * Lets everything else of the process go first, input and output included: a message takes a turn of
 * the event loop, a promise does not. The channel is a new one each time, because Node hands over up
 * to a thousand messages of one port in a single turn.
 */
export async function breathe(): Promise<void> {
	const { port1, port2 } = new MessageChannel();
	await new Promise<void>((resolve) => {
		port1.addEventListener('message', () => resolve());
		port1.start();
		port2.postMessage(undefined);
	});
	port1.close();
}

/** To be called between pieces of a long work: breathes 40 times a second. */
export function breaths(): () => Promise<void> {
	let last = performance.now();
	return async () => {
		if (performance.now() - last < 25) return;
		await breathe();
		last = performance.now();
	};
}
