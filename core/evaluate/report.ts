import type { ErrorKind } from '../errorKinds';
import type { Usage } from '../usage';
import type { Counts, Mark, Scores } from './score';
import type { Interval } from './statistics';

/** One case, answered by one model. */
export interface CaseResult extends Counts {
	/** The id of the case. */
	id: string;
	/** The model that was asked. */
	model: string;
	/** A digest of everything in the case; another case with the same `id` has a different one. */
	digest?: string;
	/** F1 of its values. */
	f1: number;
	/** Every value that differs from the expected one. */
	differences: Mark[];
	/** How many values of each field there are, by verdict. */
	fields: Record<string, Counts>;
	/** US dollars; null if a price is unknown. */
	costUsd: number | null;
	/** Tokens of all its requests. */
	usage: Usage;
	/** HTTP calls that succeeded. */
	requests: number;
	/** Milliseconds in which a request was in flight; the time of tools is not included. */
	latencyMs: number;
	/** Why there is no answer. If the model is not to blame, `isScored` is false. */
	error?: { kind: ErrorKind; message: string };
	/**
	 * Whether it counts: an answer that never arrived, or was not judged, says nothing about its model.
	 */
	isScored: boolean;
	/** False if the judge failed; `error` says why. */
	isJudged?: false;
	/**
	 * How well the text supports the values: the mean over all, over the right, and over the wrong ones.
	 */
	evidence?: { all: number; right: number | null; wrong: number | null };
	/** What a cascade would do with it. */
	first?: FirstAnswer;
}

/** What the first answer of an extraction was worth, without repairs. */
export interface FirstAnswer {
	/** Whether it was valid. */
	isValid: boolean;
	/** US dollars. */
	costUsd: number | null;
	/** The lowest evidence score of a required value. */
	evidence: number;
}

/** One field over all cases; `*` stands for each entry of a list. */
export interface FieldReport extends Counts, Scores {
	/** A JSON pointer. */
	field: string;
}

/** The results of a model, over all cases. */
export interface ModelReport extends Counts, Scores {
	/** The model that was asked. */
	model: string;
	/** The 95 % interval of the F1. */
	f1Interval: Interval;
	/** The share of cases in which everything is right. */
	exact: number;
	/** Cases that count. */
	scored: number;
	/** How many of them it could not answer in a valid form. */
	failed: number;
	/** Cases that were not answered, and do not count. */
	unscored: number;
	/** By field, worst first. */
	fields: FieldReport[];
	/** US dollars for all cases; null if the price is unknown. */
	costUsd: number | null;
	/** US dollars for 1,000 such cases. */
	costPer1000Usd: number | null;
	/** Tokens of all cases. */
	usage: Usage;
	/** HTTP calls that succeeded. */
	requests: number;
	/** Milliseconds of the median case, and of one that only 5 in 100 exceed. */
	latencyMs: { p50: number; p95: number };
	/**
	 * How well the texts support the values: the mean over all, over the right, and over the wrong ones.
	 */
	evidence?: { all: number; right: number | null; wrong: number | null };
}

/** A model now and in the baseline, by the cases that both have. */
export interface Comparison {
	/** The model that was asked. */
	model: string;
	/** Cases that count in both runs. */
	cases: number;
	/** F1 in the baseline. */
	f1Before: number;
	/** F1 in this run. */
	f1Now: number;
	/** The difference: now minus before. */
	change: number;
	/** The 95 % interval of the change. */
	interval: Interval;
	/** The probability that chance alone makes a change this large. */
	p: number;
	/** `same` if the interval contains 0. */
	verdict: 'better' | 'worse' | 'same';
	/** US dollars more than before; null if a price is unknown. */
	costChangeUsd: number | null;
}

/** The cheapest way to a quality, according to the cases that every model has answered. */
export interface Cascade {
	/** The F1 that was requested. */
	target: number;
	/** The model that is asked first. */
	model: string;
	/**
	 * The models that are asked in turn if the answer before is invalid, or not well enough supported.
	 */
	escalateTo: string[];
	/** The lowest evidence score of a required value that is accepted; 0 accepts all. */
	minEvidence: number;
	/** An invalid answer goes to the next model, as was assumed. */
	maxRepairs: 0;
	/** The F1 that it would have reached here. */
	f1: number;
	/** The 95 % interval of the F1. */
	f1Interval: Interval;
	/** US dollars for 1,000 documents. */
	costPer1000Usd: number;
	/** The 95 % interval of the cost. */
	costInterval: Interval;
	/** How many of 1,000 documents each model is asked about. */
	askedPer1000: Record<string, number>;
	/** How certain it is that other documents of this kind reach the target, from 0 to 1. */
	sure: number;
	/** Whether that is at least 0.9; if no way reaches it, this is the most certain one. */
	isReached: boolean;
	/** Cases in which every model's first answer is known. */
	cases: number;
}

/** What `evaluate` returns: plain JSON, which can be the `baseline` of a later run. */
export interface EvaluationReport {
	/** The version of this format. */
	version: 1;
	/** The number of cases. */
	cases: number;
	/** Best first. */
	models: ModelReport[];
	/** Each case with each model. */
	results: CaseResult[];
	/** With `baseline`: each model compared with its earlier run. */
	comparisons?: Comparison[];
	/** With `target`: the cheapest way to reach it. */
	cascade?: Cascade;
	/** Why not all cases were asked: those asked before are paid for, and count. */
	endedBy?: { kind: ErrorKind; message: string };
	/** What a reader should know about the numbers. */
	warnings: string[];
	/** What it cost, including the judge. */
	costUsd: number | null;
	/** Tokens of all requests. */
	usage: Usage;
	/** HTTP calls that succeeded. */
	requests: number;
}
