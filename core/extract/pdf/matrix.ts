/** Maps a point: x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = readonly [number, number, number, number, number, number];

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** First one, then the other. */
export function times(first: Matrix, then: Matrix): Matrix {
	const [a, b, c, d, e, f] = first;
	const [g, h, i, j, k, l] = then;
	return [
		...([a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j] as const),
		...([e * g + f * i + k, e * h + f * j + l] as const),
	];
}

export const moved = (matrix: Matrix, x: number, y: number): Matrix =>
	times([1, 0, 0, 1, x, y], matrix);

/** Six numbers as a matrix; undefined for anything else. */
export function toMatrix(numbers: readonly number[] | undefined): Matrix | undefined {
	const [a, b, c, d, e, f] = numbers ?? [];
	const isWhole = f !== undefined && e !== undefined && d !== undefined && c !== undefined;
	return isWhole && a !== undefined && b !== undefined ? [a, b, c, d, e, f] : undefined;
}
