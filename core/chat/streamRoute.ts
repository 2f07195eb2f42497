import type { TokenHubClient } from '../client/createClient';
import { pause } from '../transport/pause';
import { backoffMs } from '../client/withRetries';
import type { TokenHubError } from '../errors';
import type { Ledger } from '../ledger';
import { noSpending } from '../usage';

/** Why a stream broke off, and whether another one of the same model may come to its end. */
export interface Broken {
	error: TokenHubError;
	mayPass: boolean;
}

/** Which model the streams of one answer are asked of, and how often. */
export interface StreamRoute {
	/** For the next stream. */
	call(this: void): { maxRetries: number; passedOver: number };
	/** A stream is open, after so many more models have failed. */
	opened(this: void, passedOver: number): void;
	/** Waits before the next stream, or goes on to the next model. @throws the error when there is none. */
	goOn(this: void, broken: Broken): Promise<void>;
}

interface Asking {
	client: TokenHubClient;
	model: string;
	ledger: Ledger;
	signal?: AbortSignal;
}

/** Each model gets all retries, as in a request that is not streamed. */
export function openRoute({ client, model, ledger, signal }: Asking): StreamRoute {
	const models = client.modelsFor(model);
	let [passedOver, retriesBefore] = [0, 0];
	const retries = () => ledger.spent().retries - retriesBefore;
	const pass = (count: number) => {
		passedOver += count;
		if (count > 0) retriesBefore = ledger.spent().retries;
	};
	return {
		call: () => ({ maxRetries: client.maxRetries - retries(), passedOver }),
		opened: pass,
		async goOn({ error, mayPass }) {
			if (ledger.reached()) throw error;
			if (mayPass && retries() < client.maxRetries) {
				await pause(client.sleep, backoffMs(retries()), signal);
				return ledger.add({ ...noSpending(), retries: 1 });
			}
			const failed = models[passedOver];
			const isLast = passedOver + 1 >= models.length;
			if (isLast || failed === undefined || !client.passesOn(error)) throw error;
			const { kind, message } = error;
			ledger.add({ ...noSpending(), fallbacks: [{ model: failed, kind, message }] });
			pass(1);
		},
	};
}
