import { TokenHubError } from '../errors';
import { messageOf } from '../messageOf';
import { readTape, type Exchange, type Tape } from './tape';

export interface TapeWriter {
	/** The number of the next request. @throws TokenHubError where nothing more can be written. */
	next(this: void): Promise<number>;
	/** An answer that is paid for is handed on although it could not be written down. */
	write(this: void, exchange: Exchange): Promise<void>;
}

/** Adds to a recording. What fails is told before the next request is paid for. */
export function tapeWriter(tape: Tape): TapeWriter {
	const state: { n: number; start: string; failure?: unknown } = { n: 0, start: '' };
	const open = async () => {
		const { exchanges, start } = await readTape(tape);
		state.n = Math.max(-1, ...exchanges.map(({ n }) => n)) + 1;
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
		hint: 'Give `record` a file that can be written, or leave it out. Nothing more was sent.',
		cause: error,
	});
}
