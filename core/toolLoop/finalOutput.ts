import type { ChatResult } from '../chat/chatResult';
import { TokenHubError, type Failure } from '../errors';
import { correction, jsonOnlyPrompt } from '../extract/prompts';
import { readText } from '../extract/readTurn';
import { readTarget, type Target } from '../extract/targetSchema';
import { isBlank } from '../text';
import { askModel } from './askModel';
import { checkpoint } from './checkpoint/checkpoints';
import { spendingLimit } from './limits';
import { loopResult, type ToolLoopResult } from './loopResult';
import type { LoopRun } from './loopRun';
import type { StopReason } from './stopReason';

export type Finish = (answer: ChatResult, reason?: StopReason) => Promise<ToolLoopResult>;

const MAX_CORRECTIONS = 2;
/** No document is known that the values could be looked for in. */
const AS_IT_IS = { coerce: true, minEvidence: 0 };

/**
 * How a run turns its last answer into its output: the text, or with `outputSchema` a value that is
 * valid against it, asked for again with the exact issues when it is not.
 * @throws TokenHubError `badConfig` for what is not a schema, before any request.
 */
export function outputCheck(run: LoopRun): Finish {
	const { outputSchema, resume, system } = run.request;
	if (!outputSchema) {
		return (answer, reason = 'answered') => {
			keepAnswer(run, answer);
			return Promise.resolve(loopResult(run, reason, isBlank(answer.text) ? '' : answer.text));
		};
	}
	const target = readTarget(outputSchema);
	// A resumed conversation holds these words already, unless the caller puts a new system message.
	if (!resume || system !== undefined)
		addSystem(run, `When you are done, answer. ${jsonOnlyPrompt(target.schema)}`);
	return (answer, reason = 'answered') => finishWithValue(run, { target, answer, reason });
}

async function finishWithValue(
	run: LoopRun,
	{ target, answer, reason }: { target: Target; answer: ChatResult; reason: StopReason },
): Promise<ToolLoopResult> {
	let last = answer;
	for (let corrections = 0; ; corrections += 1) {
		keepAnswer(run, last);
		const read = await readText({ target, request: AS_IT_IS }, last.text);
		if (read.ok && last.finishReason !== 'length') {
			run.warnings.push(...read.warnings.map((warning) => `final answer: ${warning}`));
			return loopResult(run, reason, read.value);
		}
		const failures = read.ok ? [CUT] : read.failures;
		const isLast = corrections === MAX_CORRECTIONS || spendingLimit(run) !== undefined;
		if (isLast) throw mismatch(failures, last.text);
		run.messages.push({ role: 'user', content: correction(failures) });
		await checkpoint(run);
		last = await askModel(run, true);
	}
}

const CUT: Failure = {
	path: '',
	message: 'the answer was cut by Maximum Number of Tokens',
	code: 'truncated',
};

function mismatch(failures: Failure[], raw: string): TokenHubError {
	const [first] = failures;
	const message = `The final answer does not fit the output schema: ${first?.path ?? ''} ${first?.message ?? ''}`;
	return new TokenHubError('schemaMismatch', message, { failures, raw });
}

function keepAnswer(run: LoopRun, { text }: ChatResult): void {
	if (!isBlank(text)) run.messages.push({ role: 'assistant', content: text });
}

/** TokenHub advises one single system message. */
function addSystem(run: LoopRun, text: string): void {
	const [first, ...rest] = run.messages;
	if (first?.role === 'system' && typeof first.content === 'string') {
		run.messages = [{ role: 'system', content: `${first.content}\n\n${text}` }, ...rest];
	} else {
		run.messages.unshift({ role: 'system', content: text });
	}
}
