/** Limits of the caller's that end a tool loop. */
export const LIMITS = [
	'maxIterations',
	'maxToolCalls',
	'tokenBudget',
	'costBudget',
	'deadline',
	'repeatedCalls',
] as const;

/** Why a tool loop ended. */
export const STOP_REASONS = [
	'answered',
	...LIMITS,
	'stopped',
	'truncated',
	'refused',
	'awaitingTools',
	'awaitingApproval',
	'cancelled',
] as const;

/** One of `STOP_REASONS`. */
export type StopReason = (typeof STOP_REASONS)[number];
