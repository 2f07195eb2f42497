import { messageOf } from '../messageOf';

export type Settled<Value> = { ok: true; value: Value } | { ok: false; reason: string };

/** What a function of somebody else's gives, or the words of what it threw. */
export async function safely<Value>(run: () => Value | Promise<Value>): Promise<Settled<Value>> {
	try {
		return { ok: true, value: await run() };
	} catch (error) {
		return { ok: false, reason: messageOf(error) };
	}
}
