import { isRecord } from '../isRecord';
import { plainError } from '../redaction/plainError';
import type { Redactor } from '../redaction/redactor';
import { attemptFailure } from '../wire/attemptFailure';
import { collectChunks, endedEarly, type Collector } from '../wire/collectChunks';
import { readChunk, type WireChunk } from '../wire/wire';
import { plainCalls, plainUsage, refusalBody, usualReason, type ReceiveCall } from './plainAnswer';

interface Opened {
	first: IteratorResult<unknown[], void>;
	events: AsyncGenerator<unknown[], void, undefined>;
}

/**
 * The events of a stream as a reader of OpenAI's form expects them: text as it comes, calls as a whole
 * before the end, and an error as the last event, also that of a stream which just stopped.
 */
export async function* modelEvents(
	{ first, events }: Opened,
	{ redactor, receive }: { redactor: Redactor; receive: ReceiveCall },
): AsyncGenerator<Uint8Array, void, undefined> {
	const encoder = new TextEncoder();
	const write = (value: object) => encoder.encode(`data: ${JSON.stringify(value)}\n\n`);
	const collector = collectChunks();
	let head: Head = { object: OBJECT };
	try {
		for (let next = first; !next.done; next = await events.next()) {
			for (const value of next.value) {
				const chunk = readChunk(value);
				const text = collector.add(chunk);
				head = { ...headOf(value), ...head };
				const delta = plainDelta(value, chunk, text);
				if (delta) yield write({ ...head, choices: [{ index: 0, delta, finish_reason: null }] });
			}
		}
		if (!collector.finished()) throw endedEarly();
	} catch (thrown) {
		const { error } = attemptFailure(thrown);
		const { message } = plainError(error, redactor);
		// What comes after the end of an answer takes nothing from it.
		if (!collector.finished()) return yield write(refusalBody(message, error.kind));
	} finally {
		await events.return();
	}
	for (const value of lastChunks(collector, { head, receive })) yield write(value);
	yield encoder.encode('data: [DONE]\n\n');
}

const OBJECT = 'chat.completion.chunk';
type Head = Record<string, unknown>;

/** What all chunks of an answer have in common. */
function headOf(value: unknown): Head {
	if (!isRecord(value)) return {};
	const kept = ['id', 'created', 'model', 'system_fingerprint'].filter((name) => name in value);
	return Object.fromEntries(kept.map((name) => [name, value[name]]));
}

/** A delta without calls; undefined when it says nothing. */
function plainDelta(value: unknown, { choices }: WireChunk, text: string): object | undefined {
	if (choices.length === 0 || !isRecord(value) || !Array.isArray(value.choices)) return undefined;
	const choice: unknown = value.choices[0];
	const given = isRecord(choice) && isRecord(choice.delta) ? choice.delta : {};
	const { tool_calls: _calls, function_call: _legacy, content: _content, ...rest } = given;
	const delta = { ...rest, ...(text === '' ? {} : { content: text }) };
	return Object.keys(delta).length > 0 ? delta : undefined;
}

function lastChunks(
	{ completion }: Collector,
	{ head, receive }: { head: Head; receive: ReceiveCall },
): object[] {
	const { choices, usage: counted } = completion();
	const [choice] = choices;
	const calls = choice?.message.tool_calls.map(receive) ?? [];
	const delta = calls.length > 0 ? { tool_calls: plainCalls(calls) } : {};
	const end = { index: 0, delta, finish_reason: choice?.finish_reason ?? usualReason(calls) };
	const usage = plainUsage(undefined, counted);
	return [{ ...head, choices: [end] }, ...(usage ? [{ ...head, choices: [], usage }] : [])];
}
