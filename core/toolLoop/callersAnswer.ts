import { callersOwnLater } from '../door';
import { TokenHubError } from '../errors';
import { openPromise } from '../async';
import { alarm, unlessCancelled } from '../transport/pause';
import type { LoopRun } from './loopRun';

/**
 * What a callback of the caller's gives, within the time of a tool.
 * @throws TokenHubError `badConfig` when it throws or gives nothing in time, `cancelled` when the run is
 *   over before.
 */
export async function callersAnswer<Value>(
	{ client, request, signal }: Pick<LoopRun, 'client' | 'request'> & { signal?: AbortSignal },
	name: string,
	ask: () => Value | Promise<Value>,
): Promise<Value> {
	const { toolTimeoutMs: ms } = request;
	const { promise: late, reject } = openPromise<never>();
	const callOff = alarm(client.sleep, ms, () => {
		reject(new TokenHubError('badConfig', `${name} gave nothing within ${ms / 1000} s.`));
	});
	try {
		const given = callersOwnLater(name, async () => await ask());
		return await unlessCancelled(Promise.race([given, late]), signal);
	} finally {
		callOff();
	}
}
