import { breathe, openPromise } from './async';

/**
 * Pieces of a stream that arrived before anybody asked for them. If nobody reads the bytes, the parser
 * of Node's fetch stops, and when the other side then closes, it throws where nothing can catch it: the
 * process would end.
 */
export interface Ahead<Piece> {
	push(this: void, piece: Piece): void;
	/** No more pieces will come. */
	end(this: void, failure?: { error: unknown }): void;
	isOver(this: void): boolean;
	/** Drops what nobody has read yet. */
	drop(this: void): void;
	/** All pieces since the last call; undefined at the end. @throws what the stream ended with. */
	next(this: void): Promise<Piece[] | undefined>;
	/** Resolves once all pieces have been read and more are asked for. */
	wanted(this: void): Promise<void>;
}

export function openAhead<Piece>(): Ahead<Piece> {
	let pieces: Piece[] = [];
	let over: { error?: unknown; isFailure: boolean } | undefined;
	let [came, asked] = [openPromise<void>(), openPromise<void>()];
	return {
		push(piece) {
			pieces.push(piece);
			came.resolve();
		},
		end(failure) {
			over = { error: failure?.error, isFailure: failure !== undefined };
			came.resolve();
		},
		isOver: () => over !== undefined,
		drop() {
			pieces = [];
		},
		async next() {
			for (;;) {
				const taken = pieces;
				pieces = [];
				if (taken.length > 0) return taken;
				if (over?.isFailure) throw over.error;
				if (over) return undefined;
				came = openPromise();
				asked.resolve();
				await came.promise;
			}
		},
		async wanted() {
			asked = openPromise();
			await asked.promise;
		},
	};
}

/** More than a connection delivers in one turn of the event loop, in pieces of any size. */
const OF_NO_CONNECTION = { pieces: 20_000, bytes: 8 * 1024 * 1024 };

/**
 * A stream whose pieces are all available at once would let nothing else run, not even its own
 * deadline. A stream from a connection waits for its own turns and for no others: otherwise its parser
 * would stop.
 */
export function openPauses(): (length: number) => Promise<void> {
	let [pieces, bytes, hasTurned] = [0, 0, true];
	return async (length) => {
		pieces += 1;
		bytes += length;
		if (pieces < OF_NO_CONNECTION.pieces && bytes < OF_NO_CONNECTION.bytes) return;
		[pieces, bytes] = [0, 0];
		if (!hasTurned) return await breathe();
		hasTurned = false;
		void breathe().then(() => {
			hasTurned = true;
		});
	};
}
