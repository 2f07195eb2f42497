import type { IExecuteFunctions } from 'n8n-workflow';
import { isRecord } from '../../core/isRecord';
import { usedAsTool } from './usedAsTool';

/** What an agent that called the node as its tool is told: it would pay for every other word again. */
const ANSWER = ['text', 'output', 'toolCalls', 'evidence', 'warnings'];
/** Said only where the answer did not end as usual. */
const USUAL_ENDS = { finishReason: 'stop', stopReason: 'answered' };

/** Fields of a result as they are, or the answer without its costs where the node is a tool. */
export function answerAlone(context: IExecuteFunctions, results: object[]): object[] {
	return usedAsTool(context) ? results.map(answerOf) : results;
}

function answerOf(result: object): object {
	const ends = Object.entries(USUAL_ENDS).flatMap(([name, usual]) => {
		const end: unknown = Reflect.get(result, name);
		return end === undefined || end === usual ? [] : [[name, end] as const];
	});
	const told = Object.entries(result).filter(
		([name, value]) => ANSWER.includes(name) && !(name === 'warnings' && isEmpty(value)),
	);
	return Object.fromEntries([...told, ...ends]);
}

function isEmpty(value: unknown): boolean {
	return Array.isArray(value) && value.length === 0;
}

/** The same for a result whose own fields stand beside those of its output. */
export function fieldsAlone(output: unknown): object {
	return isRecord(output) ? output : { output };
}
