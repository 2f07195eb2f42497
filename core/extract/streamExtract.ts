import type { CallOptions, TokenHubClient } from '../client/createClient';
import type { WireChunk } from '../wire/completion';
import { streamDoor, type Metered } from '../door';
import { jsonPointer } from '../lib/jsonPointer';
import { openPromise } from '../lib/async';
import type { Conversation } from './attempt';
import { unfinishedAnswer } from './cut/listRest';
import { inOneGo, inTurns } from '../lib/steps';
import { placesIn, type Evidence } from './evidence/findEvidence';
import { openSource, type Source } from './evidence/source';
import { extractValue, type ExtractResult } from './extract';
import { listsIn } from './parts/entryNodes';
import type { ExtractOptionsInput } from './extractRequest';

/** The events of `streamExtract`. */
export type ExtractEvent =
	| {
			type: 'record';
			/** JSON pointer of the entry in the output, such as `/rows/3`. */
			path: string;
			/** Valid against the schema of the list's entries. */
			value: unknown;
			/** With `evidence`: as in a result, by pointers relative to the entry. */
			evidence?: Evidence;
	  }
	| {
			type: 'partial';
			/** The output so far; only the entries of lists are validated. */
			value: unknown;
	  }
	| { type: 'done'; result: ExtractResult };

/**
 * An extraction that yields list entries as they arrive: each as soon as it is complete and valid, then
 * the result, equal to that of `extract`. With `chunk`, entries are yielded part by part, as soon as
 * all parts before have been read and no other part can change them. An entry that a repair or a zod
 * transform has changed is yielded again under its path.
 * @throws TokenHubError like `extract`.
 */
export function streamExtract(
	client: TokenHubClient,
	input: ExtractOptionsInput,
	options: CallOptions = {},
): AsyncGenerator<ExtractEvent, void, undefined> {
	return streamDoor(client, options, (call) => extractEvents(client, input, call));
}

async function* extractEvents(
	client: TokenHubClient,
	input: ExtractOptionsInput,
	call: Metered<CallOptions>,
): AsyncGenerator<ExtractEvent, void, undefined> {
	const left = new AbortController();
	const signal = AbortSignal.any([left.signal, ...(call.signal ? [call.signal] : [])]);
	const line = openLine();
	const records = openRecords(line.add, await sourceOf(input));
	const running = extractValue(client, input, {
		call: { ...call, signal },
		listen: records.listen,
		tell: records.tell,
	});
	// It is awaited below, unless the reader leaves earlier.
	running.then(line.end, line.end);
	try {
		yield* line.events();
		const result = await running;
		records.tellAll(result.output);
		yield* line.rest();
		yield { type: 'done', result };
	} finally {
		left.abort();
	}
}

/** Events that wait for their reader. */
function openLine() {
	let waiting: ExtractEvent[] = [];
	let isOpen = true;
	let wake: () => void = () => undefined;
	const rest = () => {
		const given = waiting;
		waiting = [];
		return given;
	};
	return {
		add(this: void, event: ExtractEvent) {
			waiting.push(event);
			wake();
		},
		end(this: void) {
			isOpen = false;
			wake();
		},
		rest,
		async *events() {
			for (;;) {
				yield* rest();
				if (!isOpen) return;
				const { promise, resolve } = openPromise<void>();
				wake = resolve;
				if (waiting.length === 0 && isOpen) await promise;
			}
		},
	};
}

/** How much longer an answer has to be before it is read again: all readings together stay linear. */
const GROWTH = 1.05;
const LEAST_GROWTH = 48;

/** The text, read once for the evidence of all entries; undefined where none is wanted. */
async function sourceOf({ text, evidence }: ExtractOptionsInput): Promise<Source | undefined> {
	return evidence === true ? await inTurns(openSource(String(text ?? ''))) : undefined;
}

function openRecords(add: (event: ExtractEvent) => void, source: Source | undefined) {
	/** By path: the entry as JSON, as it was last yielded. */
	const sent = new Map<string, string>();
	const tell = (value: unknown, way: readonly PropertyKey[]) => {
		const [path, json] = [jsonPointer(way), recordText(value)];
		if (sent.get(path) === json) return;
		sent.set(path, json);
		const found = source ? { evidence: inOneGo(placesIn(value, source)).evidence } : {};
		add({ type: 'record', path, value, ...found });
	};
	return {
		tell,
		listen(this: void, conversation: Conversation) {
			let [said, next, known] = ['', LEAST_GROWTH, 0];
			return (chunk: WireChunk, text: string) => {
				said += argumentsIn(chunk) ?? text;
				if (said.length < next) return;
				next = Math.max(said.length * GROWTH, said.length + LEAST_GROWTH);
				const found = unfinishedAnswer(conversation, said);
				if (!found || found.entries.length <= known) return;
				for (const [index, entry] of found.entries.entries()) {
					if (index >= known) tell(entry, [...found.path, index]);
				}
				known = found.entries.length;
				add({ type: 'partial', value: found.value });
			};
		},
		tellAll(this: void, output: unknown) {
			for (const { entries, path } of listsIn({ value: output, schema: {}, root: {}, path: [] }))
				for (const [at, entry] of entries.entries()) tell(entry, [...path, at]);
		},
	};
}

/** Of the first tool call. */
function argumentsIn({ choices }: WireChunk): string | undefined {
	const calls = choices[0]?.delta.tool_calls ?? [];
	return calls.find(({ index }) => !index)?.function.arguments;
}

/** A transform may return something that is not JSON. */
function recordText(value: unknown): string {
	return JSON.stringify(value, (_key, inner: unknown) =>
		typeof inner === 'bigint' ? `${inner}n` : inner,
	);
}
