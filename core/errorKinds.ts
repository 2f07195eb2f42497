/** Every way in which a call can fail. Consumers may switch over it exhaustively. */
export const ERROR_KINDS = [
	'auth',
	'credit',
	'rateLimit',
	'overloaded',
	'badRequest',
	'notFound',
	'timeout',
	'network',
	'cancelled',
	'badResponse',
	'refused',
	'truncated',
	'schemaMismatch',
	'toolFailed',
	'budget',
	'badConfig',
	'contextLength',
] as const;

/** One of `ERROR_KINDS`. */
export type ErrorKind = (typeof ERROR_KINDS)[number];

/** What to do about each kind, in words for the person who reads the error. */
export const ADVICE = {
	auth: 'Check the API key in the TokenHub credential: it was refused.',
	credit: 'Top up the TokenHub account: its prepaid credit is used up.',
	rateLimit: 'Lower Concurrency or raise Max Retries: the account sends too many requests at once.',
	overloaded: 'Try again later, or name Fallback Models: the service is overloaded or failing.',
	badRequest: 'Correct the request: the message says what was refused.',
	notFound: 'Check the model id and the Base URL of the credential.',
	timeout: 'Raise Timeout, lower Maximum Number of Tokens, or turn on Stream for long answers.',
	network: 'Check the Base URL, the network and any proxy between here and TokenHub.',
	cancelled: 'Run it again: the run was stopped before this item was done.',
	badResponse: 'Try again: the answer did not come from a chat completion API.',
	refused: 'Reword the request: the model declined to answer it.',
	truncated: 'Raise Maximum Number of Tokens: the answer was cut off.',
	schemaMismatch: 'Read the failures, then simplify the schema, add instructions or escalate.',
	toolFailed: 'Look at the failing tool: its message is in the details.',
	budget: 'Raise the limit that was reached, or make the task smaller.',
	badConfig: 'Correct the field that the message names.',
	contextLength: 'Shorten the prompt or the conversation, or choose a model with a larger context.',
} as const satisfies Record<ErrorKind, string>;
