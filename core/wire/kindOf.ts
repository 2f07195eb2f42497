import type { ErrorKind } from '../errorKinds';

/** What is known about a refusal, or about an error inside an answer. */
interface Refused {
	/** HTTP status; undefined for an error inside an answer that names none. */
	status?: number;
	/** Codes and types of the gateway. */
	codes?: string;
	/** The gateway's message. */
	message?: string;
}

/**
 * The kind of a refusal. Credit, prompts that are too long and bad keys are recognized by the message,
 * because gateways use any status for them; everything else by the status, or by the message if there
 * is none.
 */
export function kindOf({ status, codes = '', message = '' }: Refused): ErrorKind {
	if (status !== undefined && status < 400) return 'badConfig';
	const plain = codes.toLowerCase().replace(/[^a-z ]/g, '');
	const code = CODES.find(([, pattern]) => pattern.test(plain))?.[0];
	const words = MESSAGES.find(([, pattern]) => pattern.test(message))?.[0];
	if (code === 'credit' || code === 'contextLength') return code;
	if (code !== 'rateLimit' && words === 'credit') return words;
	if (code !== 'rateLimit' && status !== 429 && saysTooLong(message)) return 'contextLength';
	// Google and Anthropic call a bad key a bad request.
	const told = code === 'badRequest' ? (words ?? code) : (code ?? words);
	if (status === undefined) return told ?? 'badResponse';
	const isTold = told === 'auth' || told === 'rateLimit';
	if (isTold && TOLD_BY_WORDS.includes(status)) return told;
	if (status >= 500) return KIND_OF_STATUS[status] ?? 'overloaded';
	return KIND_OF_STATUS[status] ?? 'badRequest';
}

/** Statuses that gateways also use for a bad key and for throttling. */
const TOLD_BY_WORDS = [400, 403, 422];

const KIND_OF_STATUS: Record<number, ErrorKind> = {
	401: 'auth',
	402: 'credit',
	403: 'auth',
	404: 'notFound',
	407: 'network',
	408: 'timeout',
	409: 'overloaded',
	429: 'rateLimit',
	504: 'timeout',
	511: 'network',
};

type Told = ReadonlyArray<[kind: ErrorKind, pattern: RegExp]>;

/** Codes without case and punctuation; the first match counts. */
const CODES: Told = [
	[
		'credit',
		/insufficient(?:user)?(?:quota|credit|balance|fund)|exceededcurrentquota|billing|credit|budgetexceeded|paymentrequired|arrearage/,
	],
	[
		'contextLength',
		/contextlength|contextwindow|contextsize|maxprompttokens|prompttoolong|stringabovemaxlength/,
	],
	['rateLimit', /ratelimit|toomanyrequests|throttl|resourceexhausted/],
	[
		'auth',
		/authentication|autherror|unauthori[sz]ed|unauthenticated|apikey|invalidtoken|invalidkey|permission|accessdenied|forbidden|tokenexpired/,
	],
	['notFound', /notfound|unknownmodel|nosuchmodel/],
	['timeout', /timeout|timedout|deadlineexceeded/],
	['badRequest', /invalidrequest|invalidargument|badrequest|validation|unprocessable|unsupported/],
	['overloaded', /overload|unavailable|servererror|apierror|internal|badgateway|capacity|loading/],
];

/** Messages for people; the patterns have to be narrow, because a message may repeat the request. */
const MESSAGES: Told = [
	[
		'credit',
		/credit balance is too low|insufficient (?:user )?(?:credits?|balance|funds|quota)|(?:out of|not enough|no more|no) credits?\b|credits? (?:is|are|has been|have been) (?:used up|exhausted|depleted)|quota is not enough|budget has been exceeded|exceeded your (?:current )?(?:quota|budget|spend)|key limit exceeded|reached your (?:specified )?(?:\w+ )?usage limits?|余额不足|额度不足|额度已用尽|欠费/i,
	],
	[
		'auth',
		/api[ -]?key (?:is )?(?:not valid|invalid|incorrect|missing|expired|required)|(?:invalid|incorrect|missing|wrong|expired) (?:api[ -]?key|(?:access |auth |bearer )?token\b)|no api[ -]?key|unauthori[sz]ed|not (?:authenticated|authori[sz]ed)|authentication (?:failed|error|required)/i,
	],
	['rateLimit', /rate limit|too many requests|throttl/i],
	['timeout', /timed? ?out|deadline exceeded/i],
	['notFound', /model\b.{0,100}?\b(?:not found|does not exist)|no such model|unknown model/i],
	[
		'overloaded',
		/overloaded|model is (?:currently )?loading|(?:temporarily|service) unavailable|(?:at|over) capacity|internal (?:server )?error|bad gateway|try again later/i,
	],
];

/** Gateways have many ways to say that a prompt does not fit into the model. */
const TOO_LONG = [
	/(?:prompt|input|context|request|conversation)s? (?:is|are) too (?:long|large)/i,
	/(?:prompt|input|context) too long|(?:prompt|input) exceeds (?:the )?max/i,
	/(?:longer|larger|greater|more) than (?:the )?(?:model'?s )?(?:maximum |max )?context/i,
	/too (?:many|large).{0,60}(?:input|prompt) tokens|too many tokens/i,
	/(?:maximum|max) (?:context|prompt|model|input) (?:length|size|window|tokens)/i,
	/context[ _](?:length|size|window|limit).{0,60}exceed|exceed.{0,60}context (?:length|size|window|limit)/i,
	/(?:token|length).{0,60}exceeds? (?:the |your )?(?:maximum|max|limit|model)/i,
	/exceed.{0,40}(?:token limit|maximum number of tokens)/i,
	/ContextWindowExceeded/i,
	/tokens?.{0,80}(?:only supports|cannot exceed|must be <=)/i,
	/maximum context length|too large for model|reduce the length of the (?:messages|prompt)/i,
	/range of input length should be|loaded with context length of only/i,
];
/** These are about a rate, not a model; or about the answer, not the prompt. */
const OTHERWISE = /(?:per|\/) ?(?:min(?:ute)?|day|hour)\b|\bTPM\b|\bTPD\b/i;

/** Long messages repeat what was sent. */
const MOST = 2_000;

/** Whether a gateway's message says that the request is too long for the model. */
function saysTooLong(message: string): boolean {
	const said = message.slice(0, MOST);
	return !OTHERWISE.test(said) && TOO_LONG.some((pattern) => pattern.test(said));
}

/** The tokens of the prompt, and how many the model accepts. */
interface ContextTokens {
	sent?: number;
	limit?: number;
}

const NUMBER = '(\\d[\\d,]{0,14})';
const LIMITS = [
	`(?:>|<=) ?${NUMBER}`,
	`(?:with|of) ${NUMBER} (?:maximum|max)`,
	`(?:maximum|max(?!_)|limit|supports|cannot exceed|context (?:length|size|window))\\b(?:(?!\\bby\\b)[^\\d.]){0,40}${NUMBER}`,
].map((source) => new RegExp(source, 'i'));
/** Some gateways include the tokens of the answer, and give those of the prompt separately. */
const SENT = [
	`${NUMBER} \\+ \\d[\\d,]* > `,
	`${NUMBER} (?:of text input|in (?:the|your) (?:messages|prompt)|input tokens)`,
].map((source) => new RegExp(source, 'i'));

/** The numbers in a message about a prompt that is too long, as far as it has them. */
export function contextTokens(message: string): ContextTokens {
	const said = message.slice(0, MOST);
	const [limit] = LIMITS.flatMap((pattern) => toNumber(pattern.exec(said)?.[1]));
	const apart = SENT.flatMap((pattern) => toNumber(pattern.exec(said)?.[1]));
	const larger = [...said.matchAll(/\d[\d,]{0,14}/g)]
		.flatMap(([digits]) => toNumber(digits))
		.filter((number) => limit !== undefined && number > limit);
	const [sent] = [...apart, ...larger];
	return { sent, limit };
}

function toNumber(digits: string | undefined): number[] {
	return digits === undefined ? [] : [Number(digits.replaceAll(',', ''))];
}
