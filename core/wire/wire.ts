import { z } from 'zod/v4';
import { TokenHubError } from '../errors';
import { toolArguments } from '../chat/toolArguments';
import { isRecord } from '../isRecord';
import { wordOf } from '../messageOf';
import { kindOf } from './attemptFailure';

/** An id that cannot be used is replaced like one that is missing. */
const idSchema = z.string().nullish().catch(undefined);

const toolCallSchema = z.object({
	id: idSchema,
	function: z.object({ name: z.string().catch(''), arguments: z.unknown() }),
});

const digits = (given: unknown) =>
	typeof given === 'string' && /^\d{1,15}$/.test(given) ? Number(given) : given;

/** What is no number of tokens is not known, rather than 0 or NaN; sums of it have to stay exact. */
const tokens = z.preprocess(
	digits,
	z.number().min(0).max(1e12).transform(Math.ceil).optional().catch(undefined),
);

const usageSchema = z
	.object({ prompt_tokens: tokens, completion_tokens: tokens, total_tokens: tokens })
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
									// Judged where the fragments are put together.
									index: z.preprocess(digits, z.number().nullish()),
									id: idSchema,
									function: z
										.object({
											name: z.string().nullish().catch(undefined),
											arguments: z.unknown().transform(toolArguments),
										})
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
/** What an answer says of its cost. */
export type WireBill = Pick<WireCompletion, 'model' | 'usage'>;

/** @throws TokenHubError `badResponse`, or the kind of the error that a 200 answer holds. */
export function readCompletion(answer: unknown): WireCompletion {
	const read = completionSchema.safeParse(answer);
	if (read.success) return read.data;
	throw wireError(answer, read.error);
}

const billSchema = z.object({ model: z.string().catch(''), usage: usageSchema });

/** Also of an answer that is no completion. */
export function readBill(answer: unknown): WireBill | undefined {
	return billSchema.safeParse(answer).data;
}

/** @throws TokenHubError the same; an error is one whatever stands beside it. */
export function readChunk(answer: unknown): WireChunk {
	if (isRecord(answer) && answer.error) throw statedError(answer.error);
	const read = chunkSchema.safeParse(answer);
	if (read.success) return read.data;
	throw wireError(answer, read.error);
}

function wireError(answer: unknown, cause: z.ZodError): TokenHubError {
	if (isRecord(answer) && answer.error !== undefined && answer.error !== null) {
		return statedError(answer.error);
	}
	const problem = cause.issues[0];
	const at = problem && problem.path.length > 0 ? `${problem.path.join('.')}: ` : '';
	const where = problem ? `${at}${problem.message}` : 'no JSON';
	return new TokenHubError('badResponse', `The answer is no chat completion (${where}).`, {
		raw: wordOf(answer).slice(0, 2_000),
		cause,
	});
}

/** The error that an answer with status 200 holds, in whatever form. */
function statedError(stated: unknown): TokenHubError {
	const { message, code, type } = isRecord(stated) ? stated : { message: stated };
	const isStatus = typeof code === 'number' && code >= 400 && code < 600;
	const status = isStatus ? code : undefined;
	const said = wordOf(message ?? stated).slice(0, 500);
	return new TokenHubError(
		kindOf(status, `${wordOf(code)} ${wordOf(type)}`),
		`TokenHub answered with an error: ${said}`,
		{ status },
	);
}
