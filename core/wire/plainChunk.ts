import { isRecord } from '../isRecord';
import type { WireChunk } from './wire';

/**
 * Nearly all chunks of a stream are a piece of text and nothing else: those are read here, in a
 * fraction of the time; undefined for all others. It says what the schema says of them.
 */
export function plainChunk(answer: unknown): WireChunk | undefined {
	if (!isRecord(answer) || !hasOnly(answer, HEAD) || !Array.isArray(answer.choices))
		return undefined;
	const { id, model, choices, usage } = answer;
	const choice: unknown = choices[0];
	if (!isName(id) || !isName(model) || usage || choices.length !== 1 || !isRecord(choice))
		return undefined;
	const { delta, finish_reason: reason, index } = choice;
	const isOpen = hasOnly(choice, CHOICE) && (reason === null || reason === undefined);
	if (!isOpen || !isRecord(delta) || !hasOnly(delta, DELTA)) return undefined;
	const { content } = delta;
	if (typeof content !== 'string' || !isIndex(index)) return undefined;
	const piece = { content, refusal: '', tool_calls: [] };
	return { id, model, choices: [{ ...OPEN, index, delta: piece }] };
}

const OPEN = { finish_reason: undefined, isWhole: false };
const HEAD = new Set([
	'id',
	'object',
	'created',
	'model',
	'system_fingerprint',
	'choices',
	'usage',
]);
const CHOICE = new Set(['index', 'delta', 'finish_reason', 'logprobs']);
const DELTA = new Set(['role', 'content']);

function hasOnly(record: Record<string, unknown>, known: ReadonlySet<string>): boolean {
	for (const key in record) if (!known.has(key)) return false;
	return true;
}

const isName = (name: unknown): name is string | undefined =>
	name === undefined || typeof name === 'string';
const isIndex = (index: unknown): index is number | undefined =>
	index === undefined || Number.isInteger(index);
