import { z } from 'zod/v4';
import { ERROR_KINDS } from '../errorKinds';
import { TokenHubError } from '../errors';
import { isRecord } from '../lib/isRecord';
import { messageOf, causesOf } from '../messageOf';
import type { Redactor } from '../redaction/redactor';
import { isTooLarge, markTooLarge } from '../transport/answerSize';
import { isStall, markStall } from '../transport/deadlines';
import { tryJson } from '../json/tryJson';

/** Where a recording is kept: JSON Lines, one exchange per line. */
export interface Tape {
	/** The whole text; empty if nothing is recorded yet. */
	read(this: void): Promise<string>;
	/** Appends to the end of the text. */
	append(this: void, text: string): Promise<void>;
}

/**
 * Opens recordings by the paths of their files. Core itself opens none: whoever has files passes them
 * in.
 */
export interface Files {
	/**
	 * A file to append to, created if it does not exist.
	 * @throws TokenHubError if that is not possible.
	 */
	toRecord(this: void, path: string): Tape;
	/** A file to read, which may be missing only if it is also appended to. @throws TokenHubError */
	toReplay(this: void, path: string, mayBeMissing: boolean): Tape;
}

export function isTape(value: unknown): value is Tape {
	if (typeof value !== 'object' || value === null) return false;
	return ['read', 'append'].every((name) => typeof Reflect.get(value, name) === 'function');
}

const headers = z.record(z.string(), z.string());
const errorSchema = z.strictObject({
	message: z.string(),
	/** For our own errors; for a connection, the message says what went wrong. */
	kind: z.enum(ERROR_KINDS).optional(),
	hint: z.string().optional(),
	isStall: z.boolean().optional(),
	/** The answer was refused because of its size, and is not requested again. */
	isTooLarge: z.boolean().optional(),
});

/** For a whole answer, its JSON if that says the same as its text. */
const answerSchema = z.union([
	z.strictObject({ status: z.number(), headers, json: z.unknown() }),
	z.strictObject({ status: z.number(), headers, text: z.string() }),
	z.strictObject({
		...{ status: z.number(), headers },
		/** What arrived together, unchanged. */
		pieces: z.array(z.string()),
		/** Why it broke off. */
		broken: errorSchema.optional(),
	}),
	z.strictObject({ error: errorSchema }),
]);

const exchangeSchema = z.strictObject({
	/** The order of sending, from 0. */
	n: z.number(),
	/** When it was sent, and when the last byte of its answer arrived, in milliseconds since 1970. */
	from: z.number(),
	to: z.number(),
	request: z.record(z.string(), z.unknown()),
	answer: answerSchema,
});

export type Exchange = z.output<typeof exchangeSchema>;
export type RecordedAnswer = z.output<typeof answerSchema>;
type RecordedError = z.output<typeof errorSchema>;

interface Recorded {
	/** In the order of sending. */
	exchanges: Exchange[];
	/** What the next line begins with: a line break if the last line was cut off. */
	start: '' | '\n';
}

/**
 * The exchanges of a recording. A line that was cut off while it was written counts as none.
 * @throws TokenHubError `badConfig` for anything that is not a recording.
 */
export async function readTape(tape: Tape): Promise<Recorded> {
	const text = await tape.read();
	const exchanges = text.split('\n').flatMap((line, index) => {
		if (line.trim() === '') return [];
		const value = tryJson(line);
		const { data } = exchangeSchema.safeParse(value);
		if (!data && (value !== undefined || !isOurs(line))) throw noRecording(index + 1);
		return data ?? [];
	});
	const start = text === '' || text.endsWith('\n') ? '' : '\n';
	return { exchanges: exchanges.sort((a, b) => a.n - b.n), start };
}

/** The beginning of every line of a recording, whole or cut off. */
const isOurs = (line: string) => '{"n":'.startsWith(line.slice(0, 5));

function noRecording(line: number): TokenHubError {
	return new TokenHubError(
		'badConfig',
		`Line ${line} of the recording is not a recorded request.`,
		{
			hint: 'Name a file that `record` wrote, or one that does not exist yet.',
		},
	);
}

export interface TapeWriter {
	/** The number of the next request. @throws TokenHubError if nothing more can be written. */
	next(this: void): Promise<number>;
	/** An answer that is paid for is passed on even if it could not be written. */
	write(this: void, exchange: Exchange): Promise<void>;
}

/** Appends to a recording. A failure is reported before the next request is paid for. */
export function tapeWriter(tape: Tape): TapeWriter {
	const state: { n: number; start: string; failure?: unknown } = { n: 0, start: '' };
	const open = async () => {
		const { exchanges, start } = await readTape(tape);
		state.n = (exchanges.at(-1)?.n ?? -1) + 1;
		state.start = start;
	};
	let opened: Promise<void> | undefined;
	/** One line after the other. */
	let last: Promise<void> = Promise.resolve();
	return {
		async next() {
			await (opened ??= open());
			if (state.failure !== undefined) throw notWritten(state.failure);
			return state.n++;
		},
		async write(exchange) {
			last = last
				.then(async () => {
					await tape.append(`${state.start}${JSON.stringify(exchange)}\n`);
					state.start = '';
				})
				.catch((error: unknown) => void (state.failure ??= error));
			await last;
		},
	};
}

function notWritten(error: unknown): TokenHubError {
	return new TokenHubError('badConfig', `The recording could not be written: ${messageOf(error)}`, {
		hint: 'Set `record` to a writable file, or leave it out. Nothing else was sent.',
		cause: error,
	});
}

/** The failure of a request as a message without secrets. */
export function recordedError(thrown: unknown): RecordedError {
	const causes = causesOf(thrown);
	const own = causes.find((error) => error instanceof TokenHubError);
	if (!own) return { message: causes.map(messageOf).at(-1) ?? messageOf(thrown) };
	const { kind, details, message } = own;
	return {
		...{ message, kind, hint: details.hint },
		...(isStall(own) ? { isStall: true } : {}),
		...(isTooLarge(own) ? { isTooLarge: true } : {}),
	};
}

/** The recorded error, to be thrown again. */
export function errorOf({ message, kind, hint, ...facts }: RecordedError): Error {
	if (!kind) return new Error(message);
	const error = new TokenHubError(kind, message, { hint });
	if (facts.isTooLarge) return markTooLarge(error);
	return facts.isStall ? markStall(error) : error;
}

/** A request as it is recorded and looked up: JSON without the key. */
export function plainRequest(body: object, redactor: Redactor): Record<string, unknown> {
	const plain = redactor.value(JSON.parse(JSON.stringify(body)));
	return isRecord(plain) ? plain : {};
}
