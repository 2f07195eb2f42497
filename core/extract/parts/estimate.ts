import type { ChatRequest } from '../../chat/chatRequest';
import type { TokenHubClient } from '../../client/createClient';
import { syncDoor } from '../../door';
import { openLedger } from '../../ledger';
import { estimateTokens, IMAGE_TOKENS } from '../../text';
import { assertPriced } from '../../purse';
import { roundUsd, type Usage } from '../../usage';
import { converse, toChatRequest } from '../attempt';
import { recordOf } from '../cascade';
import { partsOf, requestFor } from './chunk';
import { expectedAnswer } from './expectedAnswer';
import { experienceOf, type Experience } from '../experience';
import { readExtractRequest, type ExtractOptionsInput } from '../extractRequest';
import type { PieceJob } from '../extractPiece';
import { modeFor } from '../mode';
import { readTarget } from '../targetSchema';

/** What an extraction will cost, first answers only: repairs and escalations come on top. */
export interface Estimate {
	/** One for each part of the text. */
	requests: number;
	/** Tokens of all of them. */
	usage: Usage;
	/** US dollars; null for a model without a known price. */
	costUsd: number | null;
	/** What is odd about the schema, where something is. */
	warnings?: string[];
}

/**
 * What an extraction will cost, before any request. Lists are taken to have as many records as the text
 * shows rows for, else to be a tenth of their text; each answer of a client corrects the next estimate.
 * @throws TokenHubError `badConfig` as `extract` does.
 */
export function estimateExtract(client: TokenHubClient, input: ExtractOptionsInput): Estimate {
	return syncDoor(() => estimated(client, input));
}

function estimated(client: TokenHubClient, input: ExtractOptionsInput): Estimate {
	const request = readExtractRequest(input);
	assertPriced(client, [request.model, ...request.escalateTo], request.maxCostUsd);
	const target = readTarget(request.schema);
	const experience = experienceOf(client, target.schema);
	const job = { client, request, target, experience, call: { ledger: openLedger() } };
	const usages = partsOf(request).map((part) =>
		expectedUsage({ ...job, request: requestFor(request, part) }),
	);
	const sum = (key: keyof Usage) => usages.reduce((total, usage) => total + usage[key], 0);
	const usage = {
		...{ promptTokens: sum('promptTokens'), completionTokens: sum('completionTokens') },
		totalTokens: sum('totalTokens'),
	};
	const costUsd = client.priceOf(request.model, usage);
	return {
		requests: usages.length,
		usage,
		costUsd: costUsd === null ? null : roundUsd(costUsd * correction(experience)),
		...(target.warnings.length > 0 ? { warnings: target.warnings } : {}),
	};
}

/** What a run has learned that estimates have to be multiplied by. */
export function correction({ expectedUsd, spentUsd }: Experience): number {
	return expectedUsd > 0 ? spentUsd / expectedUsd : 1;
}

/** What one text is expected to use, before correction. */
export function expectedUsage(job: Omit<PieceJob, 'bill'>): Usage {
	const { request, target } = job;
	const { model, maxTokens, text = '', cutAnswers } = request;
	const mode = modeFor(job, recordOf(job.experience, model));
	const prompt = promptTokensOf(toChatRequest(converse(job, model, mode)));
	const answer = Math.ceil(expectedAnswer(target.schema, text));
	// A longer answer is asked for piece by piece.
	const requests = cutAnswers === 'finish' ? Math.ceil(answer / maxTokens) : 1;
	const promptTokens = prompt * requests;
	const completionTokens = Math.min(answer, maxTokens * requests);
	return { promptTokens, completionTokens, totalTokens: promptTokens + completionTokens };
}

/** Images count as such, whatever their bytes. */
export function promptTokensOf({ messages, tools = [] }: ChatRequest): number {
	let images = 0;
	const text = JSON.stringify([messages, tools], (key, value: unknown) => {
		if (key !== 'image_url') return value;
		images += 1;
		return '';
	});
	return estimateTokens(text) + images * IMAGE_TOKENS;
}
