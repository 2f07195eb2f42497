import { json, type RawReply } from '../wire/rawGateway';

/** What gateways, and what stands before them, answer to the test of a key, in their own words. */

const said = (status: number, body: unknown): RawReply =>
	json(body, { head: `HTTP/1.1 ${status} Said` });
const openAi = (status: number, message: string, more: object = {}) =>
	said(status, { error: { message, ...more } });
const page = (status: number, title: string): RawReply => ({
	...{ head: `HTTP/1.1 ${status} Said`, headers: { 'content-type': 'text/html' } },
	body: `<!DOCTYPE html><html><head><title>${title}</title></head><body><center><h1>${title}</h1></center></body></html>`,
});
const text = (status: number, body: string): RawReply => ({
	...{ head: `HTTP/1.1 ${status} Said`, body },
});
const redirect = (location: string): RawReply => ({
	...{ head: 'HTTP/1.1 302 Found', headers: { location } },
});

/** Refused for the very mistake that the test makes: the key was let in. */
export const goodAnswers: Array<[name: string, reply: RawReply]> = [
	[
		'OpenAI',
		openAi(400, "Invalid 'messages': empty array. Expected an array with minimum length 1.", {
			...{ type: 'invalid_request_error', param: 'messages', code: 'empty_array' },
		}),
	],
	['Anthropic', openAi(400, 'messages: at least one message is required')],
	['New API', openAi(400, 'field messages is required', { type: 'new_api_error' })],
	['New API, in Chinese', openAi(400, 'messages 不能为空', { type: 'new_api_error' })],
	['one-api, in Chinese', openAi(400, '消息列表为空', { type: 'one_api_error' })],
	['DeepSeek', openAi(400, 'Empty input messages', { code: 'invalid_request_error' })],
	['OpenRouter', openAi(400, 'Input must have at least 1 token.', { code: 400 })],
	['Ollama', openAi(400, "[] is too short - 'messages'")],
	['Groq', openAi(400, "'messages' : minimum number of items is 1")],
	[
		'LiteLLM before Anthropic',
		openAi(
			400,
			'litellm.BadRequestError: AnthropicException - {"type":"error","error":{"message":"messages: at least one message is required"}}. Received Model Group=claude',
		),
	],
];

const REFUSED = /^TokenHub refused this API key/;
const CREDIT = /^The key is good, but the account has no credit left/;
const MODEL = /^The model that the test asks for \(\S+\) is not available here\. It is not known/;
const RULE = /^A rule of the network or of the account refused the request, not the key/;
const NO_API = /^There is no chat completion API at this Base URL/;
const NOT_KNOWN =
	/not for the mistake that it contains on purpose\. It is not known whether the key works/;
const WALL = /^A firewall or a proxy refused the request with a web page/;
const FAILS = /is failing at the moment \(\d+\)\. It is not known/;

export const badAnswers: Array<[name: string, reply: RawReply, words: RegExp]> = [
	[
		'OpenAI, key',
		openAi(401, 'Incorrect API key provided: x.', { code: 'invalid_api_key' }),
		REFUSED,
	],
	[
		'OpenAI, quota',
		openAi(429, 'You exceeded your current quota', { code: 'insufficient_quota' }),
		CREDIT,
	],
	['OpenAI, country', openAi(403, 'Country, region, or territory not supported'), RULE],
	[
		'OpenAI, model',
		openAi(404, 'The model `x` does not exist', { code: 'model_not_found' }),
		MODEL,
	],
	['OpenAI, project', openAi(403, 'Project `p` does not have access to model `x`'), MODEL],
	['OpenAI, path', openAi(404, 'Invalid URL (POST /v1/chat)'), NO_API],
	['OpenAI, type of the body', openAi(400, 'Content-Type must be application/json'), NOT_KNOWN],
	['OpenAI, no JSON', openAi(400, 'Failed to parse the body: messages'), NOT_KNOWN],
	['Anthropic, credit', openAi(400, 'Your credit balance is too low to access the API.'), CREDIT],
	['Anthropic, limit', openAi(400, 'You have reached your specified API usage limits.'), CREDIT],
	['Anthropic, organization', openAi(400, 'This organization has been disabled.'), NOT_KNOWN],
	['Anthropic, load', openAi(529, 'Overloaded', { type: 'overloaded_error' }), FAILS],
	['OpenRouter, key', openAi(401, 'No auth credentials found', { code: 401 }), REFUSED],
	['OpenRouter, credit', openAi(402, 'Insufficient credits.', { code: 402 }), CREDIT],
	['OpenRouter, limit of the key', openAi(403, 'Key limit exceeded (total limit)'), CREDIT],
	['OpenRouter, model', openAi(404, 'No endpoints found for x/y.', { code: 404 }), MODEL],
	['OpenRouter, id of a model', openAi(400, 'x/y is not a valid model ID', { code: 400 }), MODEL],
	[
		'LiteLLM, key',
		openAi(401, 'Authentication Error, Invalid proxy server token passed.'),
		REFUSED,
	],
	[
		'LiteLLM, expired',
		openAi(400, 'Authentication Error - Expired Key', { type: 'expired_key' }),
		REFUSED,
	],
	[
		'LiteLLM, budget',
		openAi(400, 'Budget has been exceeded!', { type: 'budget_exceeded' }),
		CREDIT,
	],
	['LiteLLM, model of the key', openAi(403, 'key not allowed to access model.'), MODEL],
	['New API, key', openAi(401, '无效的令牌', { type: 'new_api_error' }), REFUSED],
	['New API, used up', openAi(401, '该令牌额度已用尽', { type: 'new_api_error' }), CREDIT],
	['New API, model', openAi(403, '该令牌无权访问模型 x', { type: 'new_api_error' }), MODEL],
	['New API, channel', openAi(503, '当前分组 default 下对于模型 x 无可用渠道'), FAILS],
	['New API, its own pages', page(200, 'New API'), /^At this Base URL, a web page \(New API\)/],
	['Azure, key', openAi(401, 'Access denied due to invalid subscription key'), REFUSED],
	['Azure, deployment', openAi(404, 'The API deployment for this resource does not exist.'), MODEL],
	['Azure, network', openAi(403, 'Access denied due to Virtual Network/Firewall rules.'), RULE],
	[
		'Cloudflare, gateway',
		said(401, { success: false, error: [{ code: 2009, message: 'Unauthorized' }] }),
		REFUSED,
	],
	['Cloudflare, rule', page(403, 'Access denied | x.example used Cloudflare'), WALL],
	['Cloudflare, challenge', page(403, 'Just a moment...'), WALL],
	['Cloudflare, in text', text(403, 'error code: 1010'), RULE],
	['Cloudflare, server down', page(521, 'x | 521: Web server is down'), FAILS],
	[
		'Cloudflare, login',
		redirect('https://team.cloudflareaccess.com/cdn-cgi/x'),
		/looks like a login/,
	],
	['Zscaler', redirect('https://gateway.zscaler.net/auD?origurl=x'), /looks like a login/],
	['nginx, path', page(404, '404 Not Found'), NO_API],
	['nginx, method', page(405, '405 Not Allowed'), /does not accept chat completion requests/],
	[
		'nginx, plain HTTP',
		page(400, '400 The plain HTTP request was sent to HTTPS port'),
		/plain HTTP request/,
	],
	['nginx, login', page(401, '401 Authorization Required'), WALL],
	['nginx, welcome', page(200, 'Welcome to nginx!'), /^At this Base URL, a web page/],
	['Kong, key', said(401, { message: 'No API key found in request' }), REFUSED],
	['Kong, path', said(404, { message: 'no Route matched with those values' }), NO_API],
	['Kong, address', said(403, { message: 'Your IP address is not allowed' }), RULE],
	['Kong, upstream', said(503, { message: 'name resolution failed' }), FAILS],
	['AWS, path', said(403, { message: 'Missing Authentication Token' }), NO_API],
	['AWS WAF', page(403, '403 Forbidden'), WALL],
	['AWS, right', said(403, { Message: 'User is not authorized to access this resource' }), REFUSED],
	[
		'Apigee, path',
		said(404, { fault: { faultstring: 'Unable to identify proxy for host' } }),
		NO_API,
	],
	[
		'Apigee, key',
		said(401, { fault: { faultstring: 'Failed to resolve API Key variable' } }),
		REFUSED,
	],
	['FastAPI', said(422, { detail: [{ loc: ['body', 'messages'], msg: 'too short' }] }), NOT_KNOWN],
	['a WAF in words of an API', openAi(400, 'Your request was blocked. Message ID 123'), NOT_KNOWN],
	['terms', openAi(400, 'You must accept the terms of service to send messages'), NOT_KNOWN],
	['an address', openAi(400, 'Please verify your email: no messages can be sent'), NOT_KNOWN],
	['an account', openAi(400, 'Your account must be activated before it takes messages'), NOT_KNOWN],
	['no JSON, required', openAi(400, 'Could not parse the body: messages is required'), NOT_KNOWN],
	['another minimum', openAi(400, 'max_tokens must be at least 16 for messages'), NOT_KNOWN],
	['a header', openAi(400, 'Missing Authorization header for messages'), NOT_KNOWN],
	['another input', openAi(400, 'Input validation failed: api version missing'), NOT_KNOWN],
	['routes in a list', said(404, { error: 'Not found', routes: ['/v1/chat/completions'] }), NO_API],
	[
		'LM Studio',
		said(200, { error: 'Unexpected endpoint or method.' }),
		/not TokenHub\..*It said: Unexpected endpoint/,
	],
	[
		'a hosting company, unpaid',
		text(402, 'DEPLOYMENT_DISABLED'),
		/^The gateway asks for payment\. It is not known/,
	],
	['DashScope', openAi(400, 'Access denied.', { code: 'Arrearage' }), CREDIT],
	[
		'Moonshot',
		openAi(403, 'Your account is suspended', { type: 'exceeded_current_quota_error' }),
		CREDIT,
	],
	[
		'xAI',
		said(400, { code: 'invalid argument', error: 'Incorrect API key provided: x.' }),
		REFUSED,
	],
	['no choices', said(200, { choices: [] }), /it is not TokenHub/],
	['a list of models', said(200, { object: 'list', data: [{ id: 'x' }] }), /it is not TokenHub/],
];
