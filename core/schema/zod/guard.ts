import { isRecord } from '../../lib/isRecord';
import { messageOf } from '../../messageOf';
import { internalsOf, methodOf } from './zodNode';

/** What a copied schema has reported since it was last asked. */
export interface Findings {
	/** Whether the caller's code has to be awaited. */
	isAsync: boolean;
	/** Whether there is a `.catch()`. */
	hasCatch: boolean;
	/** What `z.preprocess` received that the schema after it does not accept. */
	prepared: unknown[];
}

export function openFindings(): Findings {
	return { isAsync: false, hasCatch: false, prepared: [] };
}

/** A rejection means that the value is invalid, and is never left unhandled. */
function guarded(
	result: unknown,
	findings: Findings,
	addIssue: (message: string) => void,
): unknown {
	if (!(result instanceof Promise)) return result;
	findings.isAsync = true;
	const settled = result.catch((thrown: unknown) => addIssue(messageOf(thrown)));
	// zod abandons it if it cannot wait.
	settled.catch(() => undefined);
	return settled;
}

/** A check of zod 4 that runs the caller's code. */
export function guardCheck(check: object, findings: Findings): object {
	const internals = internalsOf(check);
	if (!internals) return check;
	noteAsync(isRecord(internals.def) ? internals.def.fn : undefined, findings);
	const run = methodOf(internals, 'check');
	return run ? { _zod: { ...internals, check: guardedCheck(run, findings) } } : check;
}

/** The same for a schema that is its own check. */
export function guardOwnCheck(made: object, findings: Findings): void {
	const internals = internalsOf(made);
	const run = internals && methodOf(internals, 'check');
	if (!internals || !run) return;
	noteAsync(isRecord(internals.def) ? internals.def.fn : undefined, findings);
	internals.check = guardedCheck(run, findings);
}

function guardedCheck(run: (payload: unknown) => unknown, findings: Findings) {
	return (payload: unknown) => guarded(run(payload), findings, issueIn(payload));
}

/** A transform of zod 4, which gets the value and a context for issues. */
export function guardFunction(transform: object, findings: Findings) {
	noteAsync(transform, findings);
	return (value: unknown, payload: unknown): unknown =>
		guarded(call(transform, value, payload), findings, issueIn(payload));
}

/** A refinement or transform of zod 3. */
export function guardEffect(effect: Record<string, unknown>, findings: Findings): unknown {
	const own = Object.entries(effect).map(([key, run]): [string, unknown] => {
		if (typeof run !== 'function') return [key, run];
		noteAsync(run, findings);
		const guardedRun = (value: unknown, context: unknown): unknown =>
			guarded(call(run, value, context), findings, (message) => {
				if (isRecord(context)) methodOf(context, 'addIssue')?.({ code: 'custom', message });
			});
		return [key, guardedRun];
	});
	return Object.fromEntries(own);
}

function call(run: object, ...given: unknown[]): unknown {
	return typeof run === 'function' ? Reflect.apply(run, undefined, given) : undefined;
}

/** If it is recognized before it runs, it need not run twice. */
function noteAsync(run: unknown, findings: Findings): void {
	if (Object.prototype.toString.call(run) === '[object AsyncFunction]') findings.isAsync = true;
}

function issueIn(payload: unknown) {
	return (message: string) => {
		if (!isRecord(payload) || !Array.isArray(payload.issues)) return;
		payload.issues.push({ code: 'custom', message, input: payload.value, path: [] });
	};
}
