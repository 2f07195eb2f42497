import { TokenHubError, withFacts } from './errors';
import { openLedger, type Ledger, openUncounted } from './ledger';
import { causesOf, messageOf } from './messageOf';
import { isRecord } from './lib/isRecord';

/**
 * The doors that every public function passes through: whatever is thrown inside leaves as a
 * `TokenHubError` that says what had been paid by then.
 */

/** The options of a call that a door reads. */
interface Call {
	signal?: AbortSignal;
	ledger?: Ledger;
}

/** Options of a call, and the ledger that it fills. */
export type Metered<Options extends Call> = Options & { ledger: Ledger };

/** The client, if there is one: its ledger is the outer one. */
type Asked = Pick<Call, 'ledger'>;

function opened(client: Asked) {
	const outer = outerOf(client);
	const ledger = openLedger(outer);
	const leave = outer ? <Leaving>(value: Leaving) => value : openUncounted(ledger);
	return { ledger, leave };
}

function outerOf(client: Asked): Ledger | undefined {
	try {
		return client.ledger;
	} catch {
		// A value that is not a client is reported where it is used.
		return undefined;
	}
}

export async function door<Options extends Call, Result>(
	client: Asked,
	options: Options,
	run: (call: Metered<Options>) => Promise<Result>,
): Promise<Result> {
	const { ledger, leave } = opened(client);
	try {
		return leave(await run({ ...options, signal: signalOf(options), ledger }));
	} catch (thrown) {
		throw leave(leaving(thrown, ledger));
	}
}

/** For functions that cost nothing. */
export function syncDoor<Result>(run: () => Result): Result {
	try {
		return run();
	} catch (thrown) {
		throw asTokenHubError(thrown, false);
	}
}

/** For results that are read piece by piece, once. */
export function streamDoor<Options extends Call, Event>(
	client: Asked,
	options: Options,
	run: (call: Metered<Options>) => AsyncGenerator<Event, void, undefined>,
): AsyncGenerator<Event, void, undefined> {
	let isRead = false;
	async function* events() {
		const { ledger, leave } = opened(client);
		try {
			yield* run({ ...options, signal: signalOf(options), ledger });
		} catch (thrown) {
			throw leave(leaving(thrown, ledger));
		} finally {
			isRead = true;
		}
	}
	const stream = events();
	const value = () => {
		if (!isRead) return stream;
		throw new TokenHubError('badConfig', 'The stream has already been read to its end.', {
			hint: 'Call the function again: each call is a separate request.',
		});
	};
	return Object.defineProperty(stream, Symbol.asyncIterator, { value });
}

/** A signal that cannot be listened to would keep its place among the running calls forever. */
function signalOf({ signal }: Call): AbortSignal | undefined {
	if (signal === undefined || signal === null) return undefined;
	// By its name rather than its class: signals of other realms and of polyfills have another class.
	if (Object.prototype.toString.call(signal) === '[object AbortSignal]') return signal;
	throw new TokenHubError('badConfig', 'Invalid options: "signal": must be an AbortSignal', {
		failures: [{ path: '/signal', message: 'must be an AbortSignal' }],
	});
}

function leaving(thrown: unknown, ledger: Ledger): TokenHubError {
	const { requests, retries: _retries, fallbacks: _fallbacks, ...spent } = ledger.spent();
	const error = asTokenHubError(thrown, requests > 0);
	const steps = ledger.steps?.();
	return withFacts(error, {
		...(requests > 0 || spent.costUsd === null ? spent : {}),
		...(steps ? { steps } : {}),
	});
}

/** Runs the caller's own code, such as a callback: if it throws, that is the caller's fault. */
export function callersOwn<Result>(name: string, run: () => Result): Result {
	try {
		return run();
	} catch (thrown) {
		throw callersFault(name, thrown);
	}
}

/** The same for a promise; `heard` is called with what it throws. */
export async function callersOwnLater<Result>(
	name: string,
	run: () => Promise<Result>,
	heard?: (thrown: unknown) => void,
): Promise<Result> {
	try {
		return await run();
	} catch (thrown) {
		heard?.(thrown);
		throw callersFault(name, thrown);
	}
}

/** Our own errors keep their kind. */
function callersFault(name: string, thrown: unknown): TokenHubError {
	return isOurs(thrown)
		? withFacts(thrown, { message: `${name}: ${thrown.message}` })
		: foreign('badConfig', `${name} threw an error`, thrown);
}

/** Before an answer, a failure is caused by the caller's input; after it, by the answer. */
export function asTokenHubError(thrown: unknown, isAnswered: boolean): TokenHubError {
	if (isOurs(thrown)) return thrown;
	if (isAbort(thrown)) return foreign('cancelled', 'The run was cancelled', thrown);
	return isAnswered
		? foreign('badResponse', 'The answer could not be processed', thrown)
		: foreign('badConfig', 'The input could not be processed', thrown);
}

function foreign(
	kind: 'badConfig' | 'badResponse' | 'cancelled',
	what: string,
	thrown: unknown,
): TokenHubError {
	const [cause] = causesOf(thrown);
	return new TokenHubError(kind, `${what}: ${messageOf(thrown)}`, { cause });
}

function isOurs(thrown: unknown): thrown is TokenHubError {
	return causesOf(thrown)[0] instanceof TokenHubError;
}

function isAbort(thrown: unknown): boolean {
	try {
		return isRecord(thrown) && thrown.name === 'AbortError';
	} catch {
		return false;
	}
}
