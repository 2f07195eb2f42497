import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KeyState } from './contract/checkAccess';
import { checkWindow } from './contract/refusal';
import { checkRequest } from './contract/checkRequest';
import { demoModel } from './demoModel/demoModel';
import type { Exchange } from './exchange';
import { parseJson } from './parseJson';
import type { Reply, Script } from './reply';
import { sendError, sendReply, type Asked } from './sendReply';
import { messageOf } from '../core/messageOf';

export interface Behaviour {
	keys: Record<string, KeyState>;
	/** Without one the demo model answers. */
	script?: Script | undefined;
	seed: number;
	latencyMs: number;
	repair?: ((body: unknown) => unknown) | undefined;
	/** Tokens that the model takes; any number without it. */
	windowTokens?: number | undefined;
	/** How many requests kept the contract so far. */
	asked: number;
}

export async function handleRequest(
	behaviour: Behaviour,
	exchange: Exchange,
	request: IncomingMessage,
): Promise<void> {
	try {
		await answer(behaviour, exchange, request);
	} catch (error) {
		if (exchange.signal.aborted) return;
		const message = messageOf(error);
		if (exchange.response.headersSent) exchange.response.destroy();
		else sendError(exchange, { status: 500, error: { message } });
	}
}

async function answer(behaviour: Behaviour, exchange: Exchange, request: IncomingMessage) {
	const text = await readText(request);
	exchange.seen.body = parseJson(text) ?? text;
	const { keys, repair } = behaviour;
	const seen = repair ? { ...exchange.seen, body: repair(exchange.seen.body) } : exchange.seen;
	const checked = checkRequest(seen, keys);
	if (checked.refusal) return sendError(exchange, checked.refusal);
	const tooLong = checkWindow(checked.body, behaviour.windowTokens);
	if (tooLong) return sendError(exchange, tooLong);
	const asked = { body: checked.body, n: behaviour.asked++ };
	await sleep(behaviour.latencyMs, undefined, { signal: exchange.signal });
	await sendReply(exchange, await nextReply(behaviour, asked), asked);
}

function nextReply({ script, seed }: Behaviour, { body, n }: Asked): Reply | Promise<Reply> {
	if (!script) return demoModel(body, seed);
	if (typeof script === 'function') return script(body, n);
	const message = `The script is used up: it holds ${script.length} replies, this is request ${n + 1}.`;
	return script[n] ?? { status: 500, error: { message } };
}

async function readText(request: IncomingMessage): Promise<string> {
	const bytes: Uint8Array[] = [];
	for await (const chunk of request) if (chunk instanceof Uint8Array) bytes.push(chunk);
	return Buffer.concat(bytes).toString('utf8');
}
