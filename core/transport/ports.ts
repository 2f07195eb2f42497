/** Sends a request and gives the answer: the standard `fetch`, or one of the caller's own. */
export type Transport = typeof fetch;

/**
 * Resolves after so many milliseconds. It ends early when the signal aborts, by resolving or by
 * rejecting.
 */
export type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>;
