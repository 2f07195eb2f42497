import { isRecord } from '../lib/isRecord';

/** Why an answer ended: OpenAI's word for it; another word as it is, undefined where there is none. */
export function finishReason({
	finish_reason: said,
	finishReason: other,
	native_finish_reason: native,
	stop_reason: claudes,
	finish_details: details,
}: Record<string, unknown>): string | undefined {
	const type = isRecord(details) ? details.type : undefined;
	const reason = knownWord([said, other, type, native, claudes].find(isReason));
	// A gateway may translate the word of a cut answer wrongly.
	return reason === 'stop' && knownWord(native) === 'length' ? 'length' : reason;
}

/** What writes nothing as a text is no reason. */
const isReason = (word: unknown): word is string =>
	typeof word === 'string' && !/^\s*(?:null|none|undefined)?\s*$/i.test(word);

function knownWord(word: unknown): string | undefined {
	if (typeof word !== 'string') return undefined;
	return KNOWN.get(word.toLowerCase().replace(/[^a-z]+/g, '_')) ?? word;
}

/** A late `stop`, such as that of a usage chunk, does not unsay that an answer was cut. */
export function laterFinish(before: string | undefined, said?: string): string | undefined {
	return before === undefined || (before === 'stop' && said !== undefined) ? said : before;
}

/**
 * Whether an answer ended because something failed, which is not an answer: the words of gateways that
 * came to no end, and of models whose call was none.
 */
export function isFailure(reason: unknown): reason is string {
	return typeof reason === 'string' && FAILED.test(reason.replace(/[^a-z]+/gi, '_'));
}

const FAILED =
	/^_?(?:(?:network|server|internal|upstream|api|stream)?_?error|insufficient_system_resources?|abort(?:ed)?|cancell?ed|time_?out|failed|interrupted|(?:function_call_filter_)?(?:malformed|unexpected)_(?:function|tool)_call)_?$/i;

/** Words of Claude, Google, Cohere and others: a cut answer has to be known as one. */
const KNOWN = new Map(
	Object.entries({
		stop: ['stop', 'end_turn', 'stop_sequence', 'complete', 'eos', 'eos_token', 'end', 'finish'],
		length: [
			...['length', 'max_tokens', 'max_output_tokens', 'max_length', 'token_limit'],
			...['model_length', 'max_new_tokens', 'max_completion_tokens'],
			...['model_context_window_exceeded', 'incomplete'],
		],
		tool_calls: ['tool_calls', 'tool_use', 'tool_call', 'function_call', 'function_calls'],
		content_filter: [
			...['content_filter', 'content_filtered', 'refusal', 'safety', 'recitation', 'blocklist'],
			...['prohibited_content', 'spii', 'guardrail_intervened', 'sensitive', 'image_safety'],
			...['error_toxic', 'moderation', 'flagged'],
		],
	}).flatMap(([known, words]) => words.map((word): [string, string] => [word, known])),
);
