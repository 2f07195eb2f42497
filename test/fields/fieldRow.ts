import type { Script } from '../../gateway';
import type { NodeRun } from '../support/runNode';
import type { Parameters } from './parameters';

/** What both runs of a row share. */
export interface Setting extends Omit<Partial<NodeRun>, 'type' | 'parameters' | 'supplied'> {
	/** Over the parameters that every run of the node has. */
	with?: Parameters;
	/** The value of the run to compare with, for the choice that is the default. */
	from?: unknown;
	script?: Script;
	/** Parts with a state of their own, made for each run. */
	parts?: () => Parts;
	/** Which entry of a list has the field. */
	entry?: number;
	/** How often the workflow runs: once, and then by n8n's Retry. */
	times?: number;
	/** Part of the error that the run with the row's value ends in; a run without it must not fail. */
	error?: RegExp;
	/** Minutes pass in milliseconds. */
	hurried?: boolean;
	/** Somebody reads along in a chat. */
	isRead?: boolean;
	/** Cancels the run once nothing more comes. */
	stopWhenQuiet?: boolean;
}

interface Parts extends Pick<NodeRun, 'supplied'> {
	script?: Script;
	/** What the parts have seen, read after the run. */
	seen?: unknown;
}

/**
 * A field with this value gives what `is` says at the path `where` of the outcome, and with its default
 * it does not.
 */
export type FieldRow = readonly [
	field: string,
	value: unknown,
	where: string,
	is: unknown,
	setting?: Setting,
];

export type RunOutcome = (parameters: Parameters, setting: Setting) => Promise<Outcome>;

/** All that can be seen of a run from outside. */
export interface Outcome {
	/** Requests to the model. */
	bodies: unknown[];
	/** Requests to other addresses. */
	calls: unknown[];
	/** The most requests to the model that were under way at once. */
	peak: number;
	/** Of the first item of the first output that has one. */
	json: unknown;
	/** Items by output. */
	outputs: unknown[][];
	hints: string[];
	error: string | undefined;
	seen: unknown;
	/** What a reader of the chat got. */
	chat: string;
}
