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
