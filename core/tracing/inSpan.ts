import { TokenHubError } from '../errors';
import { messageOf, valueOrReason } from '../messageOf';
import { errorText } from '../redaction/plainError';
import type { Redactor } from '../redaction/redactor';

type Values = Record<string, string | number | boolean | string[]>;

/** The part of OpenTelemetry's `Span` that is used. */
export interface TraceSpan {
	/** Sets attributes. */
	setAttributes(attributes: Values): unknown;
	/** 2 means an error. */
	setStatus(status: { code: 2; message?: string }): unknown;
	/** Records what went wrong. */
	recordException(exception: { name: string; message: string }): void;
	/** Ends the span. */
	end(): void;
}

/**
 * The part of OpenTelemetry's `Tracer` that is used: pass one from `trace.getTracer(…)`. Spans nest, and
 * those of your own code in tools nest below them, through the context manager of your OpenTelemetry setup.
 */
export interface Tracer {
	/** Starts a span, and runs the function with the span as the active one. */
	startActiveSpan(
		name: string,
		options: { kind: 0 | 2; attributes: Values },
		run: (span: TraceSpan) => unknown,
	): unknown;
}

/** What a client needs to trace. */
export interface Tracing {
	tracer: Tracer;
	/** Whether prompts, answers, arguments and results are in the spans. */
	hasContents: boolean;
	redactor: Redactor;
	/** The provider's attributes. */
	provider: Values;
}

export function openTracing(
	{ tracer, traceContents: hasContents, baseUrl }: Terms,
	redactor: Redactor,
): { tracing?: Tracing } {
	if (!tracer) return {};
	const { hostname, port, protocol } = new URL(baseUrl);
	const provider = {
		'gen_ai.provider.name': 'tokenhub',
		'server.address': hostname,
		'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
	};
	return { tracing: { tracer, hasContents, redactor, provider } };
}

interface Terms {
	tracer?: Tracer;
	traceContents: boolean;
	baseUrl: string;
}

/** `setAttributes` without unknown values. */
export type Attributes = Record<string, Values[string] | undefined>;

/** How a span begins. `CLIENT` is an outgoing request, `INTERNAL` everything around it. */
export interface Opening {
	name: string;
	kind: keyof typeof KINDS;
	attributes: Attributes;
}

const KINDS = { INTERNAL: 0, CLIENT: 2 } as const;
const ERROR = 2;

/** A running span; whatever its tracer does, it never throws. */
export interface OpenSpan {
	set(this: void, attributes: Attributes): void;
	/** @param type A word from a short list. */
	fail(this: void, type: string, message?: string): void;
	/** The same for whatever was thrown. */
	failBy(this: void, thrown: unknown): void;
	end(this: void): void;
}

/** Runs something inside a span, which ends with it. An error of the tracer never affects the run. */
export async function inSpan<Result>(
	tracing: Tracing,
	opening: Opening,
	run: (span: OpenSpan) => Promise<Result>,
): Promise<Result> {
	return await active(tracing, opening, async (span) => {
		try {
			return await run(span);
		} catch (thrown) {
			span.failBy(thrown);
			throw thrown;
		} finally {
			span.end();
		}
	});
}

interface Streaming<Event> {
	open: (span: OpenSpan) => AsyncGenerator<Event, void, undefined>;
	signal?: AbortSignal;
}

/** The same for streams. If a reader silently stops reading, the signal ends the span. */
export async function* streamInSpan<Event>(
	tracing: Tracing,
	opening: Opening,
	{ open, signal }: Streaming<Event>,
): AsyncGenerator<Event, void, undefined> {
	const { span, events, first } = active(tracing, opening, (opened) => {
		const source = open(opened);
		return { span: opened, events: source, first: source.next() };
	});
	const stop = () => {
		span.fail('cancelled');
		span.end();
	};
	signal?.addEventListener('abort', stop, { once: true });
	try {
		for (let next = await first; !next.done; next = await events.next()) yield next.value;
	} catch (thrown) {
		span.failBy(thrown);
		throw thrown;
	} finally {
		signal?.removeEventListener('abort', stop);
		await events.return();
		span.end();
	}
}

/**
 * Begins exactly once, with the span as the active one, even if the tracer calls its callback never,
 * twice, or later.
 */
function active<Begun>(
	{ tracer, redactor }: Tracing,
	{ name, kind, attributes }: Opening,
	begin: (span: OpenSpan) => Begun,
): Begun {
	const state: { begun?: { value: Begun } } = {};
	const once = (span?: TraceSpan) =>
		(state.begun ??= { value: begin(openSpan(redactor, span)) }).value;
	const options = { kind: KINDS[kind], attributes: shown(attributes, redactor) };
	void valueOrReason(() => tracer.startActiveSpan(redactor.text(name), options, once));
	return once();
}

function openSpan(redactor: Redactor, span: TraceSpan | undefined): OpenSpan {
	let isOpen = true;
	const tell = (say: (span: TraceSpan) => unknown) => {
		if (span && isOpen) void valueOrReason(() => say(span));
	};
	const set = (attributes: Attributes) => {
		tell((open) => open.setAttributes(shown(attributes, redactor)));
	};
	const fail = (type: string, words = '') => {
		const message = errorText(words, redactor);
		set({ 'error.type': type });
		tell((open) => open.setStatus({ code: ERROR, ...(message === '' ? {} : { message }) }));
		tell((open) => open.recordException({ name: type, message }));
	};
	return {
		...{ set, fail },
		failBy: (thrown) => {
			fail(thrown instanceof TokenHubError ? thrown.kind : '_OTHER', messageOf(thrown));
		},
		end() {
			tell((open) => open.end());
			isOpen = false;
		},
	};
}

/** Without unknown values, and without the key. */
function shown(attributes: Attributes, { text }: Redactor): Values {
	const values: Values = {};
	for (const [key, value] of Object.entries(attributes)) {
		if (value === undefined) continue;
		if (typeof value === 'string') values[key] = text(value);
		else values[key] = Array.isArray(value) ? value.map(text) : value;
	}
	return values;
}
