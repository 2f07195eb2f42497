import { isRecord } from '../lib/isRecord';

/**
 * Why an answer ended, in OpenAI's terms; an unknown reason is kept, and undefined means that there is
 * none.
 */
export function finishReason({
	finish_reason: said,
	finishReason: other,
	native_finish_reason: native,
	stop_reason: claudes,
	finish_details: details,
}: Record<string, unknown>): string | undefined {
	const type = isRecord(details) ? details.type : undefined;
	const reason = knownWord([said, other, type, native, claudes].find(isReason));
	// A gateway may mistranslate the reason of an answer that was cut off.
	return reason === 'stop' && knownWord(native) === 'length' ? 'length' : reason;
}

/** Whatever other clients write for "nothing" is not a reason. */
const isReason = (word: unknown): word is string =>
	typeof word === 'string' && !/^\s*(?:null|none|undefined)?\s*$/i.test(word);

function knownWord(word: unknown): string | undefined {
	if (typeof word !== 'string') return undefined;
	return KNOWN.get(word.toLowerCase().replace(/[^a-z]+/g, '_')) ?? word;
}

/** A late `stop`, such as that of a usage chunk, does not cancel that an answer was cut off. */
export function laterFinish(before: string | undefined, said?: string): string | undefined {
	return before === undefined || (before === 'stop' && said !== undefined) ? said : before;
}

/**
 * Whether an answer ended because something failed, so that it is not an answer: the terms of gateways
 * that did not finish, and of models whose call was malformed.
 */
export function isFailure(reason: unknown): reason is string {
	return typeof reason === 'string' && FAILED.test(reason.replace(/[^a-z]+/gi, '_'));
}

const FAILED =
	/^_?(?:(?:network|server|internal|upstream|api|stream)?_?error|insufficient_system_resources?|abort(?:ed)?|cancell?ed|time_?out|failed|interrupted|(?:function_call_filter_)?(?:malformed|unexpected)_(?:function|tool)_call)_?$/i;

/** The terms of Claude, Google, Cohere and others: an answer that was cut off has to be recognized. */
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
