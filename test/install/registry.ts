import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer as createProxy } from 'node:http';
import { createServer } from 'node:https';
import { connect } from 'node:net';
import { listen } from '../support/listen';
import { selfSigned } from '../support/selfSigned';

/** The only name that n8n takes packages from, unless a licence allows another. */
const HOST = 'registry.npmjs.org';

export interface Published {
	name: string;
	version: string;
	tarball: string;
}

/**
 * npm's registry as n8n and npm see it, with what is published here and nothing else: its name leads to
 * this machine, through a proxy that refuses every other name.
 */
export async function openRegistry() {
	const published: Published[] = [];
	const pair = selfSigned(HOST);
	const server = createServer(pair, (request, response) => {
		void answer(published, decodeURIComponent(request.url ?? '')).then(({ status, body }) => {
			response.writeHead(status, { 'content-type': 'application/json' }).end(body);
		});
	});
	const port = await listen(server);
	const proxy = createProxy((_request, response) => response.writeHead(403).end());
	proxy.on('connect', ({ url = '' }, client) => {
		client.on('error', () => undefined);
		if (url !== `${HOST}:443`) return client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
		const target = connect(port, '127.0.0.1', () => {
			client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			target.pipe(client).pipe(target);
		});
		target.on('error', () => client.destroy());
	});
	const proxyUrl = `http://127.0.0.1:${await listen(proxy)}`;
	return {
		...{ proxyUrl, certificate: pair.cert, url: `https://${HOST}/` },
		publish: (given: Published) => void published.push(given),
		close() {
			for (const each of [server, proxy]) {
				each.close();
				each.closeAllConnections();
			}
		},
	};
}

async function answer(published: readonly Published[], path: string) {
	const [, name, part, file] = path.split('/');
	const own = published.filter((entry) => entry.name === name);
	const asked = own.find(({ version }) => part === version || file === `${version}.tgz`);
	if (file && asked) return { status: 200, body: await readFile(asked.tarball) };
	if (own.length === 0) return { status: 404, body: '{"error":"Not found"}' };
	const packument = await packumentOf(own);
	const one = packument.versions[part === 'latest' ? packument['dist-tags'].latest : (part ?? '')];
	if (part && !one) return { status: 404, body: '{"error":"version not found"}' };
	return { status: 200, body: JSON.stringify(one ?? packument) };
}

/** What npm asks for: each version with its tarball and that one's hash. */
async function packumentOf(own: readonly Published[]) {
	const versions = await Promise.all(
		own.map(async ({ name, version, tarball: path }) => {
			const hash = createHash('sha512').update(await readFile(path));
			const tarball = `https://${HOST}/${name}/-/${version}.tgz`;
			const dist = { tarball, integrity: `sha512-${hash.digest('base64')}` };
			return [version, { name, version, dist }] as const;
		}),
	);
	const latest = own.at(-1)?.version ?? '';
	return {
		name: own[0]?.name,
		'dist-tags': { latest },
		versions: Object.fromEntries(versions),
	};
}
