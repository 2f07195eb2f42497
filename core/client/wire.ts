import { z } from 'zod/v4';
import { TokenHubError } from '../errors';
import { isRecord } from '../isRecord';
import { kindOf } from './attemptFailure';

const toolCallSchema = z.object({
	id: z.string().nullish(),
	function: z.object({ name: z.string().catch(''), arguments: z.unknown() }),
});

const usageSchema = z
	.object({
		prompt_tokens: z.number().catch(0),
		completion_tokens: z.number().catch(0),
		total_tokens: z.number().optional(),
	})
	.nullish()
	.catch(undefined);

const completionSchema = z.object({
	id: z.string().catch(''),
	model: z.string().catch(''),
	choices: z
		.array(
			z.object({
				finish_reason: z.string().nullish(),
				message: z.object({
					content: z.string().nullish(),
					refusal: z.string().nullish(),
					tool_calls: z.array(toolCallSchema).nullish(),
				}),
			}),
		)
		.min(1),
	usage: usageSchema,
});

const chunkSchema = z.object({
	id: z.string().optional().catch(undefined),
	model: z.string().optional().catch(undefined),
	choices: z
		.array(
			z.object({
				finish_reason: z.string().nullish(),
				delta: z
					.object({
						content: z.string().nullish(),
						refusal: z.string().nullish(),
						tool_calls: z
							.array(
								z.object({
									index: z.number().nullish(),
									id: z.string().nullish(),
									function: z
										.object({ name: z.string().nullish(), arguments: z.string().nullish() })
										.optional(),
								}),
							)
							.nullish(),
					})
					.nullish(),
			}),
		)
		.nullish(),
	usage: usageSchema,
});

/** An answer of `/chat/completions`, as far as it is relied on. */
export type WireCompletion = z.output<typeof completionSchema>;
export type WireChunk = z.output<typeof chunkSchema>;
export type WireUsage = z.output<typeof usageSchema>;

/** @throws TokenHubError `badResponse`, or the kind of the error that a 200 answer holds. */
export function readCompletion(answer: unknown): WireCompletion {
	const read = completionSchema.safeParse(answer);
	if (read.success) return read.data;
	throw wireError(answer, read.error);
}

export function readChunk(answer: unknown): WireChunk {
	const read = chunkSchema.safeParse(answer);
	if (read.success) return read.data;
	throw wireError(answer, read.error);
}

function wireError(answer: unknown, cause: z.ZodError): TokenHubError {
	if (isRecord(answer) && isRecord(answer.error)) {
		const { message, code, type } = answer.error;
		const status = typeof code === 'number' ? code : undefined;
		const kind = kindOf(status, `${String(code)} ${String(type)}`);
		return new TokenHubError(kind, `TokenHub answered with an error: ${String(message)}`, {
			status,
		});
	}
	const raw = typeof answer === 'string' ? answer : (JSON.stringify(answer) ?? String(answer));
	const problem = cause.issues[0];
	const at = problem && problem.path.length > 0 ? `${problem.path.join('.')}: ` : '';
	const where = problem ? `${at}${problem.message}` : 'no JSON';
	return new TokenHubError('badResponse', `The answer is no chat completion (${where}).`, {
		raw: raw.slice(0, 2_000),
		cause,
	});
}
