import { join } from 'node:path';
import { startGateway, type ChatBody, type Gateway, type Reply } from '../../gateway';
import type { BuiltWorkflow } from '../../server/buildWorkflow';
import { EXAMPLES } from '../../server/paths';
import { postgresCredential } from '../../server/postgres';
import { redisCredential } from '../../server/redis';
import { startBookings, type Bookings } from '../e2e/bookings';
import { storeTables } from '../e2e/storeTables';
import { startCluster, type Cluster } from './startCluster';

/** The workflows of examples/stores, by the store they keep loops in. */
export const KEEPERS = {
	'data-table': 'tokenhubKeepTabl',
	postgres: 'tokenhubKeepPg01',
	redis: 'tokenhubKeepRedis',
};

export interface KeptLoops {
	gateway: Gateway;
	bookings: Bookings;
	cluster: Cluster;
	close(): Promise<void>;
}

interface Terms {
	stores: ReadonlyArray<keyof typeof KEEPERS>;
	script(body: ChatBody): Reply;
	/** What is started by webhooks; `origin` is where bookings are made. */
	workflows(origin: string): BuiltWorkflow[];
}

/** n8n in queue mode with stores for loops, a scripted model and a service that books. */
export async function startKeptLoops({ stores, script, workflows }: Terms): Promise<KeptLoops> {
	const bookings = await startBookings();
	const gateway = await startGateway({ keys: { 'th-demo-key': 'active' }, script });
	const started = workflows(bookings.origin);
	const data = { apiKey: 'th-demo-key', baseUrl: gateway.url };
	const [postgres, redis] = [await postgresCredential(), await redisCredential()];
	const cluster = await startCluster({
		files: stores.map((store) => join(EXAMPLES, 'stores', `${store}.workflow.json`)),
		workflows: [storeTables, ...started],
		credentials: [
			{ id: 'scripted', name: 'TokenHub', type: 'tokenHubApi', data },
			{ id: 'postgres-demo', name: 'Postgres', type: 'postgres', data: postgres },
			{ id: 'redis-demo', name: 'Redis', type: 'redis', data: redis },
		],
	});
	const { error } = await cluster.rest.run(storeTables.id, 'Start');
	expect(error).toBeUndefined();
	const ids = [...stores.map((store) => KEEPERS[store]), ...started.map(({ id }) => id)];
	for (const id of ids) await cluster.rest.activate(id);
	return {
		...{ gateway, bookings, cluster },
		close: async () => {
			await cluster.stop();
			await gateway.close();
			bookings.close();
		},
	};
}
