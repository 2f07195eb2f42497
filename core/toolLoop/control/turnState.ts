import type { Message } from '../../chat/messages';
import type { Spending } from '../../usage';
import { elapsedMs } from '../loopResult';
import type { LoopRun } from '../loopRun';
import type { Step } from '../resumeState';

/** What `stopWhen` and `beforeTurn` are told of a loop: a copy, made when it is looked at. */
export interface TurnState extends Spending {
	/** Requests that offered tools. */
	iterations: number;
	/** Every tool call so far, in order. */
	steps: Step[];
	/** The whole conversation so far. */
	messages: Message[];
	/** The model that answered last. */
	model: string;
	/** Milliseconds that the loop has taken. */
	latencyMs: number;
}

export function turnState(run: LoopRun): TurnState {
	return {
		...run.spending,
		...{ iterations: run.iterations, model: run.answeredBy, latencyMs: elapsedMs(run) },
		get steps() {
			return structuredClone(run.steps);
		},
		get messages() {
			return structuredClone(run.messages);
		},
	};
}
