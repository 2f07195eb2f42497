import { createContext, Script } from 'node:vm';
import { isRecord } from '../isRecord';

const box: { task?: () => void } = {};
const context = createContext(box);
const script = new Script('task()');

/**
 * Runs a task that may hang in a regular expression, which nothing else can interrupt; undefined when
 * its time was up. It costs a quarter of a millisecond.
 */
export function withinTime<Result>(ms: number, task: () => Result): { result: Result } | undefined {
	let done: { result: Result } | undefined;
	box.task = () => {
		done = { result: task() };
	};
	try {
		script.runInContext(context, { timeout: ms });
		return done;
	} catch (thrown) {
		if (isTimeout(thrown)) return undefined;
		throw thrown;
	} finally {
		delete box.task;
	}
}

function isTimeout(thrown: unknown): boolean {
	return isRecord(thrown) && thrown.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
