import { TokenHubError, withFacts } from './errors';
import { openLedger, type Ledger, openUncounted } from './ledger';
import { causesOf, messageOf } from './messageOf';
import { isRecord } from './isRecord';

/**
 * The doors that every public function passes through: whatever is thrown inside leaves as a
 * `TokenHubError` that says what had been paid by then.
 */

/** What a door looks at of the options of a call. */
interface Call {
	signal?: AbortSignal;
	ledger?: Ledger;
}

/** Options of a call, and the ledger that it has to fill. */
export type Metered<Options extends Call> = Options & { ledger: Ledger };

/** Who is asked, where anybody is: its ledger is the outer one. */
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
		// What is no client is told where it is used.
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

/** For functions that pay nothing. */
export function syncDoor<Result>(run: () => Result): Result {
	try {
		return run();
	} catch (thrown) {
		throw asTokenHubError(thrown, false);
	}
}

/** For what is read piece by piece, once. */
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

/** One that cannot be listened to would keep its place among the running calls for good. */
function signalOf({ signal }: Call): AbortSignal | undefined {
	if (signal === undefined || signal === null) return undefined;
	// Its name rather than its class: signals of other realms and of polyfills have another class.
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

/** A piece of the caller's own, such as a callback: when it throws, that is the caller's fault. */
export function callersOwn<Result>(name: string, run: () => Result): Result {
	try {
		return run();
	} catch (thrown) {
		throw callersFault(name, thrown);
	}
}

/** The same of what has to be waited for; `heard` hears of what it throws. */
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

/** An error of ours keeps its kind. */
function callersFault(name: string, thrown: unknown): TokenHubError {
	return isOurs(thrown)
		? withFacts(thrown, { message: `${name}: ${thrown.message}` })
		: foreign('badConfig', `${name} threw an error`, thrown);
}

/** Before an answer, what goes wrong comes from the caller's input; after it, from the answer. */
export function asTokenHubError(thrown: unknown, isAnswered: boolean): TokenHubError {
	if (isOurs(thrown)) return thrown;
	if (isAbort(thrown)) return foreign('cancelled', 'The run was cancelled', thrown);
	return isAnswered
		? foreign('badResponse', 'The answer could not be worked with', thrown)
		: foreign('badConfig', 'The input could not be worked with', thrown);
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
