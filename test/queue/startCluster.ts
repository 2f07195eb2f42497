import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../server/ports';
import { importFiles, type Imports } from '../../server/importFiles';
import { installPackage } from '../../server/installPackage';
import { installServer, programOf } from '../../server/installServer';
import { launch, stop } from '../../server/startServerIn';
import { openRest, restIsReady, type Rest } from '../../server/rest';
import { stage } from '../../server/stage';
import { prepareGround } from './ground';
import { openMember, type Member } from './member';
import { findServices } from './services';
import { startWorker, type Worker } from './startWorker';

export interface Cluster {
	rest: Rest;
	/** Where n8n takes webhooks. */
	origin: string;
	workers: Worker[];
	/** Puts a new worker in the place of one that was killed. */
	replaceWorker(at: number): Promise<void>;
	stop(): Promise<void>;
}

/** What has to be undone, last first. */
type Undo = (step: () => Promise<unknown>) => void;

/** n8n in queue mode: a main process and two workers; ready when this resolves. */
export async function startCluster(imports: Imports): Promise<Cluster> {
	const steps: Array<() => Promise<unknown>> = [];
	const undo = async () => {
		for (const step of steps.splice(0).reverse()) await step();
	};
	try {
		const cluster = await build(imports, (step) => steps.push(step));
		return { ...cluster, stop: undo };
	} catch (error) {
		await undo();
		throw error;
	}
}

async function build(imports: Imports, undo: Undo): Promise<Omit<Cluster, 'stop'>> {
	const services = await findServices();
	const folder = await installServer();
	const n8n = programOf(folder);
	const home = await mkdtemp(join(tmpdir(), 'n8n-queue-'));
	undo(() => rm(home, { recursive: true, force: true, maxRetries: 3 }));
	const folders = await stage('packing and installing the package', () => prepareFolders(home));
	const ground = await prepareGround(services, folder);
	undo(() => ground.remove());
	const open = (name: keyof typeof folders) => openMember(folders[name], ground.env);
	const main = await open('main');
	await stage('importing workflows', () => importFiles(n8n, imports, main));
	const origin = await stage('starting n8n', async () => {
		const port = await freePort();
		const origin = `http://127.0.0.1:${port}`;
		const child = await launch({
			...{ words: [...n8n, 'start'], cwd: main.cwd, log: main.log },
			env: { ...main.env, N8N_PORT: `${port}` },
			isReady: () => restIsReady(origin),
		});
		undo(() => stop(child));
		return origin;
	});
	const members = [await open('worker-1'), await open('worker-2')];
	const start = async (member: Member) => {
		const worker = await startWorker(n8n, member);
		undo(() => worker.stop());
		return worker;
	};
	const workers = await stage('starting two workers', async () => {
		const all: Worker[] = [];
		for (const member of members) all.push(await start(member));
		return all;
	});
	const replaceWorker = async (at: number) => {
		const [member] = members.slice(at);
		if (member) workers[at] = await start(member);
	};
	return { rest: await openRest(origin), origin, workers, replaceWorker };
}

/** The same package in each, as an image has it. */
async function prepareFolders(home: string) {
	const folders = {
		main: join(home, 'main'),
		'worker-1': join(home, 'worker-1'),
		'worker-2': join(home, 'worker-2'),
	};
	await installPackage(folders.main);
	await cp(folders.main, folders['worker-1'], { recursive: true });
	await cp(folders.main, folders['worker-2'], { recursive: true });
	return folders;
}
