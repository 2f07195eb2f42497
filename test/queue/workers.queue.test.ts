import { createServer, type Server as HttpServer } from 'node:http';
import { z } from 'zod/v4';
import { startGateway, type Gateway } from '../../gateway';
import { say } from '../../server/stage';
import { listen } from '../support/listen';
import { idsOf, reportedIn, requestsOf, resultsOf, withStatus, type Result } from './accounting';
import { openExecutions, until, type Executions, type Listed } from './executions';
import { startCluster, type Cluster } from './startCluster';
import { CONCURRENCY } from './startWorker';
import { ticketModel } from './ticketModel';
import {
	COUNT,
	OWNER_WORKFLOW,
	ownerWorkflow,
	readLabel,
	recordOf,
	REPORT_WORKFLOW,
	reportWorkflow,
	ticketAt,
	ticketIds,
	ticketWorkflow,
} from './tickets';

const STEADY = 'queueSteady';
const KILLED = 'queueKilled';
const ENDED_BEFORE_KILL = Math.floor(COUNT / 3);

const model = ticketModel();
let gateway: Gateway;
let api: HttpServer;
let cluster: Cluster;
let executions: Executions;

beforeAll(async () => {
	gateway = await startGateway({ script: (body) => model.script(body) });
	api = createServer(({ url = '' }, response) => {
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify(ticketAt(url)));
	});
	const apiUrl = `http://127.0.0.1:${await listen(api)}`;
	const data = { apiKey: 'th-demo-key', baseUrl: gateway.url };
	const chains = [STEADY, KILLED].map((id) => ticketWorkflow(id, apiUrl));
	cluster = await startCluster({
		files: [],
		workflows: [ownerWorkflow, reportWorkflow, ...chains],
		credentials: [{ id: 'scripted', name: 'TokenHub', type: 'tokenHubApi', data }],
	});
	executions = await openExecutions(cluster.rest, cluster.origin);
	for (const id of [OWNER_WORKFLOW, REPORT_WORKFLOW, STEADY, KILLED]) {
		await cluster.rest.activate(id);
	}
}, 45 * 60_000);

afterAll(async () => {
	model.release();
	await cluster?.stop();
	await gateway?.close();
	api?.close();
	api?.closeAllConnections();
}, 120_000);

/** One webhook call for each ticket, all at once; n8n answers before it works. */
async function post(workflowId: string, ids: string[]): Promise<void> {
	const statuses = await Promise.all(
		ids.map(async (id) => {
			const answer = await fetch(`${cluster.origin}/webhook/${workflowId}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ id }),
			});
			await answer.body?.cancel();
			return answer.status;
		}),
	);
	expect(statuses).toEqual(ids.map(() => 200));
}

/** By worker: which of these executions it took from the queue. */
async function takenFrom(listed: Listed[]): Promise<string[][]> {
	const ids = new Set(idsOf(listed));
	const all = await Promise.all(cluster.workers.map((worker) => worker.taken()));
	return all.map((taken) => taken.filter((id) => ids.has(id)).sort());
}

/** Each has one execution, with its own record, and exactly the requests of one chain. */
function expectOnce(results: Map<string, Result[]>, requests: Map<string, string[]>): void {
	for (const [id, found] of results) {
		const execution = found[0]?.execution ?? '';
		expect(found).toEqual([{ execution, output: recordOf(id) }]);
		// Chat, the two turns of the loop, the extraction.
		expect(requests.get(id)).toEqual([execution, execution, execution, execution]);
	}
}

test('200 executions over two workers: each ends once, with its own result', async () => {
	const started = Date.now();
	await post(STEADY, ticketIds);
	const listed = await executions.settled(STEADY, COUNT);
	const seconds = (Date.now() - started) / 1_000;
	expect(listed.map(({ status }) => status)).toEqual(ticketIds.map(() => 'success'));

	const results = await resultsOf(cluster.rest, listed);
	const requests = requestsOf(gateway);
	expect([...results.keys()].sort()).toEqual(ticketIds);
	expect([...requests.keys()].sort()).toEqual(ticketIds);
	expectOnce(results, requests);

	const [first = [], second = []] = await takenFrom(listed);
	expect([...first, ...second].sort()).toEqual(idsOf(listed));
	expect(first).not.toEqual([]);
	expect(second).not.toEqual([]);
	say(`${listed.length} succeeded in ${seconds} s: ${first.length} + ${second.length} by worker`);
});

test('a worker killed in the middle: what it had is reported, everything else is completed', async () => {
	gateway.requests.length = 0;
	model.holdAfter(ENDED_BEFORE_KILL);
	await post(KILLED, ticketIds);
	// Every place of both workers is then taken by a chain that waits for the model.
	await until('all places taken', () => model.held().length === 2 * CONCURRENCY);
	await until('a third ended', async () => {
		return (await executions.inState(KILLED, 'success')).length === ENDED_BEFORE_KILL;
	});
	const running = await executions.inState(KILLED, 'running');
	const [kept = [], doomed = []] = await takenFrom(running);
	expect(kept).toHaveLength(CONCURRENCY);
	expect(doomed).toHaveLength(CONCURRENCY);
	expect(
		model
			.held()
			.map((body) => readLabel(body)?.execution)
			.sort(),
	).toEqual(idsOf(running));

	await cluster.workers[1]?.kill();
	const killed = Date.now();
	const askedBefore = gateway.requests.length;
	model.release();
	const listed = await executions.settled(KILLED, COUNT);
	const seconds = (Date.now() - killed) / 1_000;

	const succeeded = withStatus(listed, 'success');
	const lost = withStatus(listed, 'error');
	expect(idsOf(lost)).toEqual(doomed);
	expect([listed.length, succeeded.length]).toEqual([COUNT, COUNT - CONCURRENCY]);
	for (const id of doomed) {
		const { error, outputs } = await cluster.rest.until(id, ['error']);
		expect(error).toMatchObject({ message: STALLED });
		// n8n writes its report over everything that the execution had done so far.
		expect(outputs).toEqual({});
	}
	const reports = await executions.settled(REPORT_WORKFLOW, CONCURRENCY);
	expect(await reportedIn(cluster.rest, reports)).toEqual(doomed);

	const results = await resultsOf(cluster.rest, succeeded);
	const requests = requestsOf(gateway);
	expectOnce(results, requests);
	const gone = ticketIds.filter((id) => !results.has(id));
	expect([...results.keys(), ...gone].sort()).toEqual(ticketIds);
	// The tickets without a result are those of the reported executions, and nobody ran them again.
	expect(gone.flatMap((id) => [...new Set(requests.get(id))]).sort()).toEqual(doomed);
	const asked = gateway.requests.slice(askedBefore).map(({ body }) => readLabel(body)?.id ?? '');
	expect(asked.filter((id) => gone.includes(id))).toEqual([]);
	expect(gateway.requests.filter(({ abortedAt }) => abortedAt)).toHaveLength(CONCURRENCY);
	say(`${succeeded.length} succeeded, ${lost.length} reported, ${seconds} s after the kill`);
	say(`requests of the lost: ${gone.map((id) => requests.get(id)?.length).join(', ')}`);

	await expectSecondChance(gone, doomed);
});

const STALLED = expect.stringMatching(/^This execution failed to be processed too many times/);

/** n8n's Retry has nothing to go on with; the same calls once more are completed by the other worker. */
async function expectSecondChance(gone: string[], doomed: string[]): Promise<void> {
	gateway.requests.length = 0;
	const retried = await cluster.rest.post(`/rest/executions/${doomed[0]}/retry`, {});
	expect(retried).toMatchObject({ status: 'error' });
	expect(gateway.requests).toEqual([]);

	await post(KILLED, gone);
	const listed = await executions.settled(KILLED, COUNT + 1 + gone.length);
	const before = Number(z.object({ id: z.string() }).parse(retried).id);
	const again = listed.filter(({ id }) => Number(id) > before);
	expect(again.map(({ status }) => status)).toEqual(gone.map(() => 'success'));
	const results = await resultsOf(cluster.rest, again);
	expect([...results.keys()].sort()).toEqual(gone);
	expectOnce(results, requestsOf(gateway));
}
