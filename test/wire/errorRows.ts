import type { ErrorKind } from '../../core';

/** A body that states an error, as it comes with status 200, and what it means. */
export interface ErrorRow {
	name: string;
	body: unknown;
	kind: ErrorKind;
	/** The gateway's own words. */
	words: string;
	/** Whether it is sent again. */
	again: boolean;
	status?: number;
}

const row = (
	name: string,
	body: unknown,
	[kind, words, status]: [kind: ErrorKind, words: string, status?: number],
): ErrorRow => {
	const again = ['rateLimit', 'overloaded', 'timeout', 'badResponse'].includes(kind);
	return { name, body, kind, words, again, status };
};

/** Errors of all forms inside an answer that says 200, or among the events of a stream. */
export const errorRows: ErrorRow[] = [
	row(
		'of OpenAI',
		{ error: { message: 'Slow down', type: 'rate_limit_error', param: null, code: null } },
		['rateLimit', 'Slow down'],
	),
	row(
		'of Anthropic',
		{ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
		['overloaded', 'Overloaded'],
	),
	row('with a numeric code', { error: { code: 402, message: 'Pay first' } }, [
		'credit',
		'Pay first',
		402,
	]),
	row('with a status as a text', { error: { code: '429', message: 'Slow down' } }, [
		'rateLimit',
		'Slow down',
		429,
	]),
	row('as a text', { error: 'model is loading' }, ['overloaded', 'model is loading']),
	row('as a word', { error: 'rate_limit_exceeded' }, ['rateLimit', 'rate_limit_exceeded']),
	row(
		'as a text beside its words',
		{ error: 'Unauthorized', message: 'Token expired', statusCode: 401 },
		['auth', 'Token expired', 401],
	),
	row('of a Chinese gateway', { code: 401, message: '令牌无效', data: null }, [
		'auth',
		'令牌无效',
		401,
	]),
	row('with success false', { success: false, message: 'rate limit reached' }, [
		'rateLimit',
		'rate limit reached',
	]),
	row('with ok false', { ok: false, error: 'invalid_api_key' }, ['auth', 'invalid_api_key']),
	row('with status error', { status: 'error', message: 'engine overloaded' }, [
		'overloaded',
		'engine overloaded',
	]),
	row('of FastAPI', { detail: 'Not authenticated' }, ['auth', 'Not authenticated']),
	row(
		'of FastAPI, with places',
		{ detail: [{ loc: ['body', 'messages'], msg: 'field required', type: 'value_error.missing' }] },
		['badResponse', 'field required'],
	),
	row('message and type', { message: 'Overloaded', type: 'overloaded_error' }, [
		'overloaded',
		'Overloaded',
	]),
	row('nested twice', { error: { error: { message: 'Overloaded', type: 'overloaded_error' } } }, [
		'overloaded',
		'Overloaded',
	]),
	row(
		'JSON in a text',
		{ error: JSON.stringify({ error: { message: 'Overloaded', type: 'overloaded_error' } }) },
		['overloaded', 'Overloaded'],
	),
	row('JSON in a message', { error: { message: '{"message":"Too many requests, please wait"}' } }, [
		'rateLimit',
		'Too many requests, please wait',
	]),
	row(
		'in a list',
		[{ error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } }],
		['overloaded', 'The model is overloaded.', 503],
	),
	row('a list of errors', { errors: [{ code: 'unauthorized', message: 'Bad key' }] }, [
		'auth',
		'Bad key',
	]),
	row(
		'of a provider behind',
		{
			error: {
				code: 502,
				message: 'Provider returned error',
				metadata: { raw: '{"error":{"message":"Upstream is down"}}', provider_name: 'x' },
			},
		},
		['overloaded', 'Upstream is down', 502],
	),
	row(
		'beside empty choices',
		{ choices: [], error: { message: 'Overloaded', type: 'overloaded_error' } },
		['overloaded', 'Overloaded'],
	),
	row(
		'beside choices that are null',
		{ choices: null, error: { message: 'Overloaded', code: 529 } },
		['overloaded', 'Overloaded', 529],
	),
	row('authentication', { error: { message: 'invalid x-api-key', type: 'authentication_error' } }, [
		'auth',
		'invalid x-api-key',
	]),
	row(
		'a key that is not valid',
		{
			error: {
				message: 'API key not valid. Please pass a valid API key.',
				status: 'INVALID_ARGUMENT',
			},
		},
		['auth', 'API key not valid. Please pass a valid API key.'],
	),
	row(
		'credit of Anthropic',
		{
			type: 'error',
			error: {
				type: 'invalid_request_error',
				message: 'Your credit balance is too low to access the Anthropic API.',
			},
		},
		['credit', 'Your credit balance is too low to access the Anthropic API.'],
	),
	row(
		'a budget of LiteLLM',
		{
			error: {
				message: 'Budget has been exceeded! Current cost: 10.0, Max budget: 9.0',
				type: 'budget_exceeded',
				code: '400',
			},
		},
		['credit', 'Budget has been exceeded! Current cost: 10.0, Max budget: 9.0', 400],
	),
	row(
		'a quota of New API',
		{ error: { message: '用户额度不足', type: 'new_api_error', code: 'insufficient_user_quota' } },
		['credit', '用户额度不足'],
	),
	row(
		'too long',
		{
			error: {
				message: 'prompt is too long: 208310 tokens > 200000 maximum',
				type: 'invalid_request_error',
			},
		},
		['contextLength', 'prompt is too long: 208310 tokens > 200000 maximum'],
	),
	row(
		'a bad request',
		{ error: { message: 'temperature: must be a number', type: 'invalid_request_error' } },
		['badRequest', 'temperature: must be a number'],
	),
	row(
		'no such model',
		{ error: { message: 'The model `x` does not exist', code: 'model_not_found' } },
		['notFound', 'The model `x` does not exist'],
	),
	row('a timeout behind', { error: { message: 'The upstream timed out', code: 504 } }, [
		'timeout',
		'The upstream timed out',
		504,
	]),
	row('words that nobody knows', { error: { message: 'Something odd' } }, [
		'badResponse',
		'Something odd',
	]),
	row('of MiniMax', { base_resp: { status_code: 1002, status_msg: 'rate limit' } }, [
		'rateLimit',
		'rate limit',
	]),
	row('of Baidu', { error_code: 336100, error_msg: 'try again later' }, [
		'overloaded',
		'try again later',
	]),
	row(
		'of a gateway of Apigee',
		{
			fault: {
				faultstring: 'Invalid ApiKey: invalid api key',
				detail: { errorcode: 'oauth.v2.InvalidApiKey' },
			},
		},
		['auth', 'Invalid ApiKey: invalid api key'],
	),
	row(
		'problem+json',
		{ type: 'about:blank', title: 'Too Many Requests', status: 429, detail: 'Wait a bit' },
		['rateLimit', 'Wait a bit', 429],
	),
];

/** HTTP refusals: status, body, and what they mean. */
export type RefusalRow = [
	status: number,
	body: unknown,
	expected: { kind: ErrorKind; message: string; again?: boolean },
];

const page = (title: string) =>
	`<!DOCTYPE html><html><head><title>${title}</title><style>b{}</style></head><body><h1>${title}</h1><p>Ray ID: 1</p></body></html>`;
const openAi = (message: string, more: object = {}) => ({ error: { message, ...more } });

export const refusalRows: RefusalRow[] = [
	[
		400,
		openAi('Your credit balance is too low to access the API', { type: 'invalid_request_error' }),
		{
			kind: 'credit',
			message: 'TokenHub answered 400: Your credit balance is too low to access the API',
		},
	],
	[
		403,
		openAi('quota', { code: 'insufficient_user_quota', type: 'new_api_error' }),
		{ kind: 'credit', message: 'TokenHub answered 403: quota' },
	],
	[
		400,
		openAi('Over budget', { type: 'budget_exceeded', code: '400' }),
		{ kind: 'credit', message: 'TokenHub answered 400: Over budget' },
	],
	[
		429,
		openAi('You exceeded your current quota, please check your plan', {
			code: 'insufficient_quota',
		}),
		{
			kind: 'credit',
			message: 'TokenHub answered 429: You exceeded your current quota, please check your plan',
		},
	],
	[
		429,
		[
			{
				error: {
					code: 429,
					message: 'You exceeded your current quota: requests per minute',
					status: 'RESOURCE_EXHAUSTED',
				},
			},
		],
		{
			kind: 'rateLimit',
			message: 'TokenHub answered 429: You exceeded your current quota: requests per minute',
			again: true,
		},
	],
	[
		400,
		[{ error: { code: 400, message: 'API key not valid.', status: 'INVALID_ARGUMENT' } }],
		{ kind: 'auth', message: 'TokenHub answered 400: API key not valid.' },
	],
	[
		400,
		openAi('Authentication Error, bad key', { type: 'auth_error', code: '400' }),
		{ kind: 'auth', message: 'TokenHub answered 400: Authentication Error, bad key' },
	],
	[
		400,
		{ message: 'Too many requests', __type: 'ThrottlingException' },
		{ kind: 'rateLimit', message: 'TokenHub answered 400: Too many requests', again: true },
	],
	[
		500,
		openAi('x', { code: 'context_length_exceeded' }),
		{ kind: 'contextLength', message: 'TokenHub answered 500: x' },
	],
	[
		404,
		openAi('No such model: credit-score'),
		{ kind: 'notFound', message: 'TokenHub answered 404: No such model: credit-score' },
	],
	[
		422,
		{ detail: [{ loc: ['body', 'messages'], msg: 'too short', type: 'x' }] },
		{ kind: 'badRequest', message: 'TokenHub answered 422: too short' },
	],
	[
		502,
		page('502 Bad Gateway'),
		{
			kind: 'overloaded',
			message: 'TokenHub answered 502: a web page came: Bad Gateway',
			again: true,
		},
	],
	[
		403,
		page('Attention Required! | Cloudflare'),
		{
			kind: 'network',
			message: 'TokenHub answered 403: a web page came: Attention Required! | Cloudflare',
		},
	],
	[
		400,
		'<h1>Bad &amp; wrong</h1>',
		{ kind: 'badRequest', message: 'TokenHub answered 400: a web page came: Bad & wrong' },
	],
	[
		429,
		'Error code: 429 - Slow down',
		{ kind: 'rateLimit', message: 'TokenHub answered 429: Slow down', again: true },
	],
	[
		500,
		'HTTP/1.1 500: oops',
		{ kind: 'overloaded', message: 'TokenHub answered 500: oops', again: true },
	],
	[503, '', { kind: 'overloaded', message: 'TokenHub answered 503: no message', again: true }],
	[
		400,
		`a\n\n b ${'x'.repeat(400)}`,
		{ kind: 'badRequest', message: `TokenHub answered 400: a b ${'x'.repeat(295)}…` },
	],
];

/** Refusals of a prompt that is too long, and the numbers in them. */
export const longRows: Array<[said: string, sent: number | undefined, limit: number | undefined]> =
	[
		[
			"This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens. Please reduce the length of the messages.",
			9001,
			8192,
		],
		[
			"This model's maximum context length is 4097 tokens, however you requested 5360 tokens (1360 in your prompt; 4000 for the completion).",
			1360,
			4097,
		],
		['prompt is too long: 208310 tokens > 200000 maximum', 208310, 200000],
		[
			'input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000, decrease input length or `max_tokens` and try again',
			188240,
			200000,
		],
		[
			'The decoder prompt (length 40000) is longer than the maximum model length of 32768. Make sure that `max_model_len` is no smaller',
			40000,
			32768,
		],
		[
			"'max_tokens' or 'max_completion_tokens' is too large: 5000. This model's maximum context length is 4096 tokens and your request has 100 input tokens (5000 > 4096 - 100).",
			100,
			4096,
		],
		['Input is too long for requested model.', undefined, undefined],
		[
			'Too many input tokens. Max input tokens: 42000, request input token count: 50000',
			50000,
			42000,
		],
		[
			'The input token count (1234567) exceeds the maximum number of tokens allowed (1048576).',
			1234567,
			1048576,
		],
		[
			'Unable to submit request because the input token count is 40000 but model only supports up to 32768. Reduce the input token count and try again.',
			40000,
			32768,
		],
		[
			'litellm.ContextWindowExceededError: litellm.BadRequestError: AnthropicException',
			undefined,
			undefined,
		],
		[
			"This endpoint's maximum context length is 200000 tokens. However, you requested about 250000 tokens (249000 of text input, 1000 in the output).",
			249000,
			200000,
		],
		[
			'Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length',
			40000,
			32768,
		],
		[
			"This model's maximum prompt length is 131,072 but the request contains 537,812 tokens.",
			537812,
			131072,
		],
		[
			'request (9000 tokens) exceeds the available context size (8192 tokens), try increasing it',
			9000,
			8192,
		],
		['Your request exceeded model token limit: 8192', undefined, 8192],
		['prompt token count of 130000 exceeds the limit of 128000', 130000, 128000],
		['prompt too long; exceeded max context length by 100 tokens', undefined, undefined],
		[
			"this endpoint's maximum context length is 131072 tokens. however, you requested about 138956 tokens (7884 of text input, 131072 in the output).",
			7884,
			131072,
		],
		[
			"This model's maximum context length is 16384 tokens. However, your request has 19427 input tokens.",
			19427,
			16384,
		],
		[
			'The number of tokens to keep from the initial prompt is greater than the context length. Provide a shorter input.',
			undefined,
			undefined,
		],
		[
			"The input (20000 tokens) is longer than the model's context length (16384 tokens).",
			20000,
			16384,
		],
		['Trying to keep the first 5000 tokens, loaded with context length of only 4096', 5000, 4096],
		['Requested tokens (5200) exceed context window of 4096', 5200, 4096],
		['invalid params, context window exceeds limit', undefined, undefined],
		['Your input exceeds the context window of this model.', undefined, undefined],
		['context_length_exceeded', undefined, undefined],
		['Input too long', undefined, undefined],
		['Prompt exceeds max length', undefined, undefined],
		['Total tokens of image and text exceed max message tokens', undefined, undefined],
		['`inputs` tokens + `max_new_tokens` must be <= 4096. Given: 4500 `inputs` tokens', 4500, 4096],
	];

/** Words near those: a rate, what is to be written, another parameter. */
export const notLong: Array<[status: number, said: string, kind: ErrorKind]> = [
	[
		413,
		'Request too large for model x on tokens per minute (TPM): Limit 6000, Requested 7000',
		'badRequest',
	],
	[
		400,
		'max_tokens: 100000 > 64000, which is the maximum allowed number of output tokens',
		'badRequest',
	],
	[400, "Invalid 'user': maximum length 64", 'badRequest'],
	[400, 'Tool name too long: maximum length 64', 'badRequest'],
	[400, "Invalid 'messages[3].name': string too long", 'badRequest'],
	[400, 'image exceeds 5 MB maximum: 6000000 bytes > 5242880 bytes', 'badRequest'],
	[400, 'max_tokens must be less than or equal to 8192', 'badRequest'],
	[429, 'Too many tokens, please wait before trying again.', 'rateLimit'],
];
