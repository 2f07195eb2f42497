import type { Failure } from '../../errors';
import { jsonPointer } from '../../jsonPointer';
import type { ResumeState } from '../resumeState';
import { callNumbers } from './keptResults';
import { numberOf } from './keptState';

/** Each has the name of its call in this very run, and the call is done. */
export function keptFaults(resume: ResumeState): Failure[] {
	const { kept, steps, settled, pending, unfinished = [] } = resume;
	const numbers = callNumbers(resume);
	const open = new Set([...pending, ...unfinished].map(({ callId }) => callId));
	const seen = new Set<string>();
	const fault = (path: ReadonlyArray<string | number>, message: string) => ({
		path: jsonPointer(['resume', ...path]),
		message,
	});
	const isOf = (name: string, callId: string) => numbers.get(callId) === numberOf(name);
	const named = [
		...steps.map((step, at) => ({ step, path: ['steps', at] })),
		...settled.map(({ step }, at) => ({ step, path: ['settled', at, 'step'] })),
	];
	return [
		...named.flatMap(({ step, path }) =>
			!step.kept || isOf(step.kept.name, step.callId)
				? []
				: [fault([...path, 'kept', 'name'], 'another call has this name')],
		),
		...(kept?.results ?? []).flatMap(({ name, callId }, at) => {
			const isRight = isOf(name, callId) && !open.has(callId) && !seen.has(callId);
			seen.add(callId);
			const isThere = numberOf(name) > (kept?.gone ?? 0);
			if (isRight && isThere) return [];
			return [
				fault(['kept', 'results', at], 'it is the result of no call that is done in this run'),
			];
		}),
		...(kept?.untold ?? []).flatMap((number, at) =>
			number <= (kept?.gone ?? 0) ? [] : [fault(['kept', 'untold', at], 'it is not gone')],
		),
	];
}
