import { openShelf } from '../../core/inside';
import { list, row } from './row';

const SYSTEM = 'You sort reviews of a furniture shop. '.repeat(10);

const requestOf = (review: number, system: string) => ({
	...{ model: 'm', max_tokens: 99, temperature: 0.5 },
	messages: [
		{ role: 'system', content: system },
		{ role: 'user', content: `Review ${review}: ${'the lamp is fine. '.repeat(5)}` },
	],
});

const lineOf = (request: object, n: number) =>
	JSON.stringify({ n, from: 0, to: 0, request, answer: { status: 200, headers: {}, json: {} } });

const CHANGES: Array<[what: string, ask: (review: number) => object]> = [
	['a message that all have', (review) => requestOf(review, `${SYSTEM}Be short.`)],
	['the message of each', (review) => requestOf(-1 - review, SYSTEM)],
	['nothing in common', (review) => ({ other: review })],
];

/** A recording of which every request has changed. */
export const recordingRows = CHANGES.map(([what, ask]) =>
	row(
		`misses of a recording: ${what}`,
		(n) => list(n / 500, (index) => index),
		async (reviews) => {
			const text = reviews.map((n) => lineOf(requestOf(n, SYSTEM), n)).join('\n');
			const { whyNot } = await openShelf({ read: async () => text, append: async () => {} })();
			for (const review of reviews) whyNot(ask(review));
		},
	),
);
