import type { ErrorKind } from '../errorKinds';
import type { Usage } from '../usage';
import type { Counts, Mark, Scores } from './score';
import type { Interval } from './statistics';

/** One case, answered by one model. */
export interface CaseResult extends Counts {
	/** Of the case. */
	id: string;
	/** That was asked. */
	model: string;
	/** Of all that the case says; another one of the same `id` has another. */
	digest?: string;
	/** Of its values. */
	f1: number;
	/** Every value that differs from the expected one. */
	differences: Mark[];
	/** How many values there are of each field, by verdict. */
	fields: Record<string, Counts>;
	/** US dollars; null where a price is unknown. */
	costUsd: number | null;
	/** Tokens of all its requests. */
	usage: Usage;
	/** HTTP calls that succeeded. */
	requests: number;
	/** Milliseconds in which a request was under way; the time of tools is not in it. */
	latencyMs: number;
	/** Why there is no answer. Where the model is not to blame, `isScored` is false. */
	error?: { kind: ErrorKind; message: string };
	/** Whether it counts: an answer that never came, or was not judged, says nothing of its model. */
	isScored: boolean;
	/** False where the judge failed; `error` says why. */
	isJudged?: false;
	/** How well the text says the values: the mean over all, over the right, and over the wrong ones. */
	evidence?: { all: number; right: number | null; wrong: number | null };
	/** What a cascade would do with it. */
	first?: FirstAnswer;
}

/** What the first answer of an extraction was worth, without any repair. */
export interface FirstAnswer {
	/** Whether it was valid. */
	isValid: boolean;
	/** US dollars. */
	costUsd: number | null;
	/** The lowest evidence of a required value. */
	evidence: number;
}

/** One field of all cases; `*` stands for each entry of a list. */
export interface FieldReport extends Counts, Scores {
	/** A JSON pointer. */
	field: string;
}

/** What a model gave, over all cases. */
export interface ModelReport extends Counts, Scores {
	/** That was asked. */
	model: string;
	/** What chance could make of the F1. */
	f1Interval: Interval;
	/** The share of cases in which everything is right. */
	exact: number;
	/** Cases that count. */
	scored: number;
	/** Cases among them that it could not answer in a valid form. */
	failed: number;
	/** Cases that were not answered, and do not count. */
	unscored: number;
	/** By field, the worst first. */
	fields: FieldReport[];
	/** US dollars of all cases; null where the price is unknown. */
	costUsd: number | null;
	/** US dollars of 1,000 such cases. */
	costPer1000Usd: number | null;
	/** Tokens of all cases. */
	usage: Usage;
	/** HTTP calls that succeeded. */
	requests: number;
	/** Milliseconds of the median case, and of one that only 5 in 100 exceed. */
	latencyMs: { p50: number; p95: number };
	/** How well the texts say the values: the mean over all, over the right, and over the wrong ones. */
	evidence?: { all: number; right: number | null; wrong: number | null };
}

/** A model now and in the baseline, by the cases that both have. */
export interface Comparison {
	/** That was asked. */
	model: string;
	/** Cases that count in both runs. */
	cases: number;
	/** In the baseline. */
	f1Before: number;
	/** In this run. */
	f1Now: number;
	/** Now less before. */
	change: number;
	/** What chance could make of the change. */
	interval: Interval;
	/** How often chance alone makes a change as large. */
	p: number;
	/** `same` where the interval holds 0. */
	verdict: 'better' | 'worse' | 'same';
	/** US dollars more than before; null where a price is unknown. */
	costChangeUsd: number | null;
}

/** The cheapest way to a quality, by the cases that every model has answered. */
export interface Cascade {
	/** The F1 that was asked for. */
	target: number;
	/** Asked first. */
	model: string;
	/** Asked in turn, where an answer before is invalid, or not said well enough. */
	escalateTo: string[];
	/** The lowest evidence of a required value that is taken; 0 takes all. */
	minEvidence: number;
	/** An invalid answer goes to the next model, as was reckoned with. */
	maxRepairs: 0;
	/** What it would have given here. */
	f1: number;
	/** What chance could make of it. */
	f1Interval: Interval;
	/** US dollars of 1,000 documents. */
	costPer1000Usd: number;
	/** What chance could make of it. */
	costInterval: Interval;
	/** Of 1,000 documents, how many each model is asked for. */
	askedPer1000: Record<string, number>;
	/** How sure it is that other documents of this kind reach the target, from 0 to 1. */
	sure: number;
	/** Whether that is 0.9 or more; where no way is, this is the one that is surest. */
	isReached: boolean;
	/** Cases that every model has answered at once. */
	cases: number;
}

/** What `evaluate` returns: plain JSON, which is the `baseline` of a later run. */
export interface EvaluationReport {
	/** Of this form. */
	version: 1;
	/** How many. */
	cases: number;
	/** The best first. */
	models: ModelReport[];
	/** Each case by each model. */
	results: CaseResult[];
	/** With `baseline`. */
	comparisons?: Comparison[];
	/** With `target`: the cheapest way to it. */
	cascade?: Cascade;
	/** Why not all was asked: what was asked before is paid for, and counts. */
	endedBy?: { kind: ErrorKind; message: string };
	/** What a reader should know about the numbers. */
	warnings: string[];
	/** What it cost, the judge included. */
	costUsd: number | null;
	/** Tokens of all requests. */
	usage: Usage;
	/** HTTP calls that succeeded. */
	requests: number;
}
