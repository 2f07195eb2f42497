/** Why an answer ended: OpenAI's word for it; another word as it is, undefined where there is none. */
export function finishReason({
	finish_reason: said,
	finishReason: other,
}: Record<string, unknown>): string | undefined {
	const reason = [said, other].find((word) => typeof word === 'string' && word.trim() !== '');
	if (typeof reason !== 'string') return undefined;
	return KNOWN.get(reason.toLowerCase().replace(/[^a-z]+/g, '_')) ?? reason;
}

/** Words of Claude, Google, Cohere and others: a cut answer has to be known as one. */
const KNOWN = new Map(
	Object.entries({
		stop: ['stop', 'end_turn', 'stop_sequence', 'complete', 'eos', 'eos_token', 'end', 'finish'],
		length: [
			...['length', 'max_tokens', 'max_output_tokens', 'max_length', 'token_limit'],
			'model_context_window_exceeded',
		],
		tool_calls: ['tool_calls', 'tool_use', 'tool_call', 'function_call', 'function_calls'],
		content_filter: [
			...['content_filter', 'content_filtered', 'refusal', 'safety', 'recitation', 'blocklist'],
			...['prohibited_content', 'spii', 'guardrail_intervened'],
		],
	}).flatMap(([known, words]) => words.map((word): [string, string] => [word, known])),
);
