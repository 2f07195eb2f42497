import { isRecord } from '../../lib/isRecord';
import { messageOf } from '../../messageOf';
import { internalsOf, methodOf } from './zodNode';

/** What a copied schema has told since it was last asked. */
export interface Findings {
	/** Code of the caller's has to be waited for. */
	isAsync: boolean;
	/** There is a `.catch()`. */
	hasCatch: boolean;
	/** What `z.preprocess` was given that the schema behind it does not take. */
	prepared: unknown[];
}

export function openFindings(): Findings {
	return { isAsync: false, hasCatch: false, prepared: [] };
}

/** A rejection is something wrong with the value, and never left unhandled. */
function guarded(
	result: unknown,
	findings: Findings,
	addIssue: (message: string) => void,
): unknown {
	if (!(result instanceof Promise)) return result;
	findings.isAsync = true;
	const settled = result.catch((thrown: unknown) => addIssue(messageOf(thrown)));
	// zod leaves it to itself where it cannot wait.
	settled.catch(() => undefined);
	return settled;
}

/** A check of zod 4 that runs code of the caller's. */
export function guardCheck(check: object, findings: Findings): object {
	const internals = internalsOf(check);
	if (!internals) return check;
	noteAsync(isRecord(internals.def) ? internals.def.fn : undefined, findings);
	const run = methodOf(internals, 'check');
	return run ? { _zod: { ...internals, check: guardedCheck(run, findings) } } : check;
}

/** The same of a schema that is its own check. */
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

/** A transform of zod 4, which is handed the value and what it tells of it. */
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

/** Found before it runs, it need not run twice. */
function noteAsync(run: unknown, findings: Findings): void {
	if (Object.prototype.toString.call(run) === '[object AsyncFunction]') findings.isAsync = true;
}

function issueIn(payload: unknown) {
	return (message: string) => {
		if (!isRecord(payload) || !Array.isArray(payload.issues)) return;
		payload.issues.push({ code: 'custom', message, input: payload.value, path: [] });
	};
}
