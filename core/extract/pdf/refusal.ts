/**
 * What a PDF may be: larger ones are no documents to extract from, or made to fill the memory.
 * `streamMegabytes` is one part of it unpacked; pictures are not unpacked at all.
 */
export const PDF_LIMITS = {
	megabytes: 50,
	streamMegabytes: 50,
	objects: 500_000,
	pages: 2_000,
	characters: 10_000_000,
	seconds: 120,
} as const;

export type PdfProblem = keyof typeof PDF_LIMITS | 'locked' | 'broken' | 'lettersUnknown';

/** Why a PDF is not read; `message` says what is broken in it. */
export interface Refusal extends Error {
	problem: PdfProblem;
}

export function refusal(problem: PdfProblem, reason = ''): Refusal {
	return Object.assign(new Error(reason), { problem });
}

export const broken = (reason: string): Refusal => refusal('broken', reason);

export function isRefusal(thrown: unknown): thrown is Refusal {
	return thrown instanceof Error && 'problem' in thrown;
}

/** To be awaited between pieces of work: lets others go on. @throws Refusal after the time for a PDF. */
export type Pace = () => Promise<void>;
