import { isRecord } from '../lib/isRecord';

/** What an answer says about its tokens and its cost; what it does not say is undefined, never 0. */
export interface WireUsage {
	prompt_tokens?: number;
	completion_tokens?: number;
	total_tokens?: number;
	/** US dollars, as the gateway reports them. */
	cost?: number;
}

/** A number of tokens or dollars, possibly as text. */
function amount(value: unknown): number | undefined {
	const isText =
		typeof value === 'string' && /^\s*\d{1,15}(?:\.\d{1,18})?(?:e-?\d{1,3})?\s*$/i.test(value);
	const number = isText ? Number(value) : value;
	const isAmount = typeof number === 'number' && number >= 0 && number <= 1e12;
	return isAmount ? number : undefined;
}

/** Sums of tokens have to stay exact. */
function tokens(value: unknown): number | undefined {
	const number = amount(value);
	return number === undefined ? undefined : Math.ceil(number);
}

const largest = (values: ReadonlyArray<number | undefined>): number | undefined =>
	values.reduce((a, b) => (a === undefined ? b : Math.max(a, b ?? a)), undefined);

/**
 * Of two statements about the same answer, the larger of each number. Streams report what they have so
 * far, and zeros if they do not know.
 */
export function largerUsage(
	a: WireUsage | undefined,
	b: WireUsage | undefined,
): WireUsage | undefined {
	if (!a || !b) return a ?? b;
	return {
		prompt_tokens: largest([a.prompt_tokens, b.prompt_tokens]),
		completion_tokens: largest([a.completion_tokens, b.completion_tokens]),
		total_tokens: largest([a.total_tokens, b.total_tokens]),
		cost: largest([a.cost, b.cost]),
	};
}

/** The usage in an answer or a chunk, wherever it is; undefined if there is none. */
export function readUsage(answer: unknown): WireUsage | undefined {
	if (!isRecord(answer)) return undefined;
	const { usage, x_groq: groq, usageMetadata, choices, message, cost, response_cost } = answer;
	const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
	const isSilent = [usage, groq, usageMetadata, message, cost, response_cost].every(isNothing);
	if (isSilent && isRecord(choice) && isNothing(choice.usage)) return undefined;
	const places = [
		usage,
		isRecord(groq) && groq.usage,
		usageMetadata,
		isRecord(choice) && choice.usage,
	];
	// An event of Anthropic's own, passed on unchanged.
	const own = isRecord(message) ? [message.usage] : [];
	const stated = [...places, ...own].filter(isRecord).map(readStatement);
	const costs = { cost: largest([dollars(cost), dollars(response_cost)]) };
	return [...stated, costs].filter(isSaid).reduce<WireUsage | undefined>(largerUsage, undefined);
}

const isNothing = (value: unknown) => value === undefined || value === null;

function isSaid(usage: WireUsage): boolean {
	return Object.values(usage).some((value) => value !== undefined);
}

/** The keys of OpenAI, of Anthropic (whose input does not include caches), and of Google. */
function readStatement(usage: Record<string, unknown>): WireUsage {
	const cached = ['cache_creation_input_tokens', 'cache_read_input_tokens'].map((name) =>
		tokens(usage[name]),
	);
	const fresh = tokens(usage.input_tokens);
	const input = fresh === undefined ? undefined : fresh + (cached[0] ?? 0) + (cached[1] ?? 0);
	const byName = (...names: string[]) => largest(names.map((name) => tokens(usage[name])));
	const stated = {
		prompt_tokens: largest([input, byName('prompt_tokens', 'promptTokenCount')]),
		completion_tokens: byName('completion_tokens', 'output_tokens', 'candidatesTokenCount'),
		total_tokens: byName('total_tokens', 'totalTokenCount'),
	};
	const beside = { written: reasoningOf(usage), sent: cachedOf(usage) };
	return { ...stated, ...withExtras(stated, beside), cost: costOf(usage) };
}

function reasoningOf(usage: Record<string, unknown>): number {
	const { completion_tokens_details: details, output_tokens_details: other } = usage;
	const places = [usage, details, other].filter(isRecord);
	const counts = places.flatMap(({ reasoning_tokens: own, thoughtsTokenCount: google }) => [
		...[tokens(own), tokens(google)],
	]);
	return largest(counts) ?? 0;
}

const SENT_BESIDE = [
	...['cache_creation_input_tokens', 'cache_read_input_tokens'],
	...['cacheReadInputTokens', 'cacheWriteInputTokens', 'toolUsePromptTokenCount'],
];

function cachedOf(usage: Record<string, unknown>): number {
	return SENT_BESIDE.reduce((sum, name) => sum + (tokens(usage[name]) ?? 0), 0);
}

/**
 * Numbers next to the two that are part of the total: reasoning as xAI and Google count it, which is
 * written too, and caches and tools as others count them, which were sent.
 */
function withExtras(
	{ prompt_tokens: sent, completion_tokens: written = 0, total_tokens: total = 0 }: WireUsage,
	beside: { written: number; sent: number },
): WireUsage {
	if (sent === undefined) return {};
	const rest = total - sent - written;
	const thought = beside.written <= rest ? beside.written : 0;
	const cached = beside.sent <= rest - thought ? beside.sent : 0;
	return {
		...(thought > 0 ? { completion_tokens: written + thought } : {}),
		...(cached > 0 ? { prompt_tokens: sent + cached } : {}),
	};
}

/** xAI counts in ten-billionths of a dollar. */
const TICKS = 1e10;

function costOf(usage: Record<string, unknown>): number | undefined {
	const { cost, cost_usd: usd, total_cost: total, estimated_cost: estimated } = usage;
	const ticks = amount(usage.cost_in_usd_ticks);
	return largest([
		...[dollars(cost), amount(usd), amount(total), amount(estimated)],
		ticks === undefined ? undefined : ticks / TICKS,
	]);
}

/** Some give the parts and their sum. */
function dollars(cost: unknown): number | undefined {
	return isRecord(cost) ? amount(cost.total_cost ?? cost.total) : amount(cost);
}

const COST_HEADERS = ['x-litellm-response-cost', 'x-response-cost'];

/** The same answer, with the cost from a header if a gateway reports it there. */
export function withCost<Answer extends { usage?: WireUsage }>(
	answer: Answer,
	headers?: Headers,
): Answer {
	const cost = largest(COST_HEADERS.map((name) => amount(headers?.get(name))));
	return cost === undefined ? answer : { ...answer, usage: largerUsage(answer.usage, { cost }) };
}
