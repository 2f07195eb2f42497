import { createServer } from 'node:http';
import { startGateway, type ChatBody, type Gateway, type Reply } from '../../gateway';
import { scriptedModel } from '../e2e/scriptedModel';
import { startSmtp, type SmtpServer } from '../e2e/smtpServer';
import { startServer, type Server } from '../e2e/startServer';
import { logOf } from '../e2e/paths';
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

export async function prepareGround(version: Version): Promise<Ground> {
	const folder = await installVersion(version);
	const [demo, scripted] = [
		await startGateway({ keys: KEYS }),
		await startGateway({ keys: KEYS, script }),
	];
	const smtp = await startSmtp();
	const api = createServer((_request, response) => {
		response.setHeader('content-type', 'application/json');
		response.end('{"degrees":7}');
	});
	const weatherUrl = `http://127.0.0.1:${await listen(api)}/weather`;
	const tokenHub = (id: string, { url: baseUrl }: Gateway) => ({
		...{ id, name: id, type: 'tokenHubApi', data: { apiKey: 'th-demo-key', baseUrl } },
	});
	const mail = {
		...{ user: '', password: '', host: '127.0.0.1', port: smtp.port },
		...{ secure: false, disableStartTls: true },
	};
	const credentials = [
		...[tokenHub('tokenhub-demo', demo), tokenHub('scripted', scripted)],
		{ id: 'smtp-demo', name: 'SMTP', type: 'smtp', data: mail },
	];
	const server = await startServer({ files: [], workflows: [], credentials }, ENVIRONMENT, {
		...{ folder, log: logOf(`n8n-${version.n8n}`) },
	});
	const types = nodeTypesSchema.parse(await server.rest.get('/types/nodes.json'));
	return {
		...{ server, types, demo, scripted, smtp, weatherUrl },
		async close() {
			await server.stop();
			await Promise.all([demo.close(), scripted.close()]);
			smtp.close();
			api.close();
		},
	};
}

/** Before n8n 2 the first is asked for. See docs/compatibility.md. */
const ENVIRONMENT = { N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE: 'true' };
