import { createServer } from 'node:http';
import { startGateway, type ChatBody, type Gateway, type Reply } from '../../gateway';
import { scriptedModel } from '../e2e/scriptedModel';
import { startSmtp, type SmtpServer } from '../e2e/smtpServer';
import { startServer, type Server } from '../../server/startServer';
import { logOf } from '../../server/paths';
import { listen } from '../support/listen';
import { nodeTypesSchema, type NodeTypes } from './fitVersions';
import { installVersion, type Version } from './installVersion';

/** One n8n with the package, and what its workflows talk to. */
export interface Ground {
	server: Server;
	types: NodeTypes;
	/** Answers by itself. */
	demo: Gateway;
	/** Does what the prompt says. */
	scripted: Gateway;
	smtp: SmtpServer;
	/** An API that tells the weather. */
	weatherUrl: string;
	close(): Promise<void>;
}

const KEYS = { 'th-demo-key': 'active' } as const;

function script(body: ChatBody): Reply {
	if (JSON.stringify(body.messages).includes('Never.')) return { fault: 'hang' };
	return scriptedModel(body);
}

/** What has to be closed, last first. */
type Opened = Array<() => unknown>;

export async function prepareGround(version: Version): Promise<Ground> {
	const folder = await installVersion(version);
	const opened: Opened = [];
	const close = async () => {
		for (const step of opened.splice(0).reverse()) await step();
	};
	try {
		const others = await openOthers(opened);
		const server = await startServer(
			{ ...NOTHING, credentials: credentialsOf(others) },
			ENVIRONMENT,
			{
				...{ folder, log: logOf(`n8n-${version.n8n}`) },
			},
		);
		opened.push(() => server.stop());
		const types = nodeTypesSchema.parse(await server.rest.get('/types/nodes.json'));
		return { server, types, ...others, close };
	} catch (error) {
		await close();
		throw error;
	}
}

type Others = Pick<Ground, 'demo' | 'scripted' | 'smtp' | 'weatherUrl'>;

/** All but n8n. */
async function openOthers(opened: Opened): Promise<Others> {
	const demo = await startGateway({ keys: KEYS });
	opened.push(() => demo.close());
	const scripted = await startGateway({ keys: KEYS, script });
	opened.push(() => scripted.close());
	const smtp = await startSmtp();
	opened.push(() => smtp.close());
	const api = createServer((_request, response) => {
		response.setHeader('content-type', 'application/json');
		response.end('{"degrees":7}');
	});
	const weatherUrl = `http://127.0.0.1:${await listen(api)}/weather`;
	opened.push(() => api.close());
	return { demo, scripted, smtp, weatherUrl };
}

function credentialsOf({ demo, scripted, smtp }: Others): object[] {
	const tokenHub = (id: string, { url: baseUrl }: Gateway) => ({
		...{ id, name: id, type: 'tokenHubApi', data: { apiKey: 'th-demo-key', baseUrl } },
	});
	const mail = {
		...{ user: '', password: '', host: '127.0.0.1', port: smtp.port },
		...{ secure: false, disableStartTls: true },
	};
	return [
		...[tokenHub('tokenhub-demo', demo), tokenHub('scripted', scripted)],
		{ id: 'smtp-demo', name: 'SMTP', type: 'smtp', data: mail },
	];
}

const NOTHING = { files: [], workflows: [] };

/** Before n8n 2 the first is asked for. See docs/compatibility.md. */
const ENVIRONMENT = { N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE: 'true' };
