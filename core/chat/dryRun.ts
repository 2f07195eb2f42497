import { promptTokens as countPrompt } from '../lib/text';
import type { TokenHubClient } from '../client/createClient';
import { assertPriced } from '../purse';
import { findModel } from '../models';
import { noSpending, type Spending } from '../usage';
import type { ChatRequest } from './chatRequest';
import { adaptTools } from './adaptTools';
import { dataUriHead } from './images';

/** What a request would send and cost. Nothing is sent. */
export interface DryRun extends Spending {
	dryRun: true;
	model: string;
	/** The body, with the bytes of images shortened. */
	request: object;
	estimate: {
		promptTokens: number;
		/** As many as `maxTokens` allows. */
		maxCompletionTokens: number;
		/** Maximum cost in US dollars; null for a model without a known price. */
		maxCostUsd: number | null;
	};
	/** Repairs of the messages, if any. */
	warnings?: string[];
}

/** @throws TokenHubError `badConfig`, like the request itself. */
export function dryRun(
	client: TokenHubClient,
	chatRequest: ChatRequest,
	maxCostUsd?: number,
): DryRun {
	const { request, read } = adaptTools(chatRequest);
	const { body, warnings } = read(request);
	assertPriced(client, [body.model], maxCostUsd);
	const promptTokens = countPrompt(body);
	const maxCompletionTokens = body.max_tokens ?? 0;
	const totalTokens = promptTokens + maxCompletionTokens;
	const usage = { promptTokens, completionTokens: maxCompletionTokens, totalTokens };
	return {
		dryRun: true,
		request: { ...body, messages: body.messages.map(withShortImages) },
		estimate: { promptTokens, maxCompletionTokens, maxCostUsd: client.priceOf(body.model, usage) },
		model: findModel(body.model)?.id ?? body.model,
		...noSpending(),
		...(warnings.length > 0 ? { warnings } : {}),
	};
}

function withShortImages<Message extends { content?: unknown }>(message: Message): Message {
	if (!Array.isArray(message.content)) return message;
	const content = JSON.stringify(message.content, (key, value: unknown) =>
		key === 'url' && typeof value === 'string' ? shortUrl(value) : value,
	);
	return { ...message, content: JSON.parse(content) };
}

function shortUrl(url: string): string {
	const { length = 0 } = dataUriHead(url) ?? {};
	const characters = url.length - length;
	if (length === 0 || characters <= 60) return url;
	return `${url.slice(0, length + 40)}… (${characters} characters)`;
}
