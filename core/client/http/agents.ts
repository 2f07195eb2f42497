import { lookup as systemLookup } from 'node:dns';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import { fingerprint } from '../../fingerprint';
import { causesOf, messageOf } from '../../messageOf';
import { perObject } from '../../perObject';
import { remembered } from '../../remembered';
import type { ClientConfig } from '../clientConfig';

/**
 * Kept connections, shared by all clients of one key in the process: the next run finds them open. How
 * many are open at once is the limiter's to say. A connection that nobody used for a while is closed.
 */
const OPTIONS = { keepAlive: true, scheduling: 'lifo', timeout: 30_000 } as const;

/**
 * By DNS lookup, then by key, proxy and protocol. Not shared between keys: what an endpoint sends too
 * late, such as a second answer, is read as the answer to the next request on its connection.
 */
const poolOf = perObject((_lookup: LookupFunction) => remembered<HttpAgent>());

/**
 * The agent for an address: through the proxy that `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and
 * `NO_PROXY` name for it, as n8n's own nodes read them.
 */
export function agentFor(
	url: URL,
	{ lookup = systemLookup, apiKey }: Pick<ClientConfig, 'lookup' | 'apiKey'>,
): HttpAgent {
	const proxy = getProxyForUrl(url.href);
	const owner = fingerprint([apiKey, url.protocol, proxy]);
	return poolOf(lookup)(owner, () => openAgent(url.protocol === 'https:', proxy, lookup));
}

function openAgent(isSecure: boolean, proxy: string, lookup: LookupFunction): HttpAgent {
	const options = { ...OPTIONS, lookup: withPlainErrors(lookup) };
	if (proxy === '') return isSecure ? new HttpsAgent(options) : new HttpAgent(options);
	return isSecure ? new HttpsProxyAgent(proxy, options) : new HttpProxyAgent(proxy, options);
}

/** Node's sockets read the error outside of any request: one that cannot be read would end the process. */
function withPlainErrors(lookup: LookupFunction): LookupFunction {
	return (host, options, found) => {
		lookup(host, options, (error, ...addresses) => {
			found(error && (causesOf(error)[0] ?? new Error(messageOf(error))), ...addresses);
		});
	};
}
