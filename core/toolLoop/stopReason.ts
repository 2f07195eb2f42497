/** Why a tool loop ended. */
export const STOP_REASONS = [
	'answered',
	'maxIterations',
	'maxToolCalls',
	'tokenBudget',
	'costBudget',
	'deadline',
	'repeatedCalls',
	'truncated',
	'refused',
	'awaitingTools',
	'awaitingApproval',
	'cancelled',
] as const;

export type StopReason = (typeof STOP_REASONS)[number];
