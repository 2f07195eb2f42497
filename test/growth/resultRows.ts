import { redactorOf } from '../../core/inside';
import { withoutSecrets } from '../../core/redaction/plainError';
import { thrownContent, toolContent } from '../../core/toolLoop/toolContent';
import { list, record, row, type Row } from './row';

const LIMIT = { limit: 1_000 };

/** Results that are far larger than what a model is shown of them. */
const result = (name: string, make: (n: number) => unknown): Row =>
	row(`a result: ${name}`, make, (value) => toolContent(value, LIMIT));

const thrown = (name: string, make: (n: number) => unknown): Row =>
	row(`thrown: ${name}`, make, (value) => thrownContent(value, LIMIT));

class Wide {
	constructor(n: number) {
		Object.assign(
			this,
			record(n, (index) => index),
		);
	}
}

function sameNames(n: number): FormData {
	const form = new FormData();
	for (const index of list(n, (at) => at)) form.append('name', String(index));
	return form;
}

function chain(n: number): Error {
	let error = new Error('root');
	for (const index of list(n, (at) => at)) error = new Error(`level ${index}`, { cause: error });
	return error;
}

const KEY = 'th-ab.cd/ef+gh=ij';
const redactor = redactorOf(KEY);

const text = (words: string) => ({ type: 'text', text: words });

export const resultRows = [
	result('bytes', (n) => new Uint8Array(200 * n)),
	result('a Buffer', (n) => Buffer.alloc(200 * n, 'a')),
	result('numbers', (n) => new Float64Array(50 * n)),
	result('numbers inside', (n) => ({ vector: new Float32Array(50 * n), name: 'a' })),
	result('one text', (n) => 'x'.repeat(100 * n)),
	result('texts inside', (n) => ({ a: 'x'.repeat(100 * n), b: 'y'.repeat(100 * n) })),
	result('fields', (n) => record(n, (index) => index)),
	result('fields of a class', (n) => new Wide(n)),
	result('fields under symbols', (n) =>
		Object.fromEntries(list(n, (index) => [Symbol(index), index])),
	),
	result('empty places', (n) => Object.assign([], { [4_000 * n]: 1 })),
	result('a form with one name', (n) => sameNames(n / 5)),
	result('promises', (n) => list(n / 5, async (index) => await Promise.resolve(index))),
	result('errors', (n) => list(n / 20, (index) => new Error(String(index)))),
	result('blocks of a call', (n) => ({ content: list(n, () => text('a')) })),
	result('unknown blocks of a call', (n) => ({ content: list(n, (a) => ({ type: 'x', a })) })),
	result('blocks and data', (n) => ({
		content: list(n / 10, () => text('[1]')),
		structuredContent: list(n, (a) => ({ a })),
	})),
	result('blocks that are JSON', (n) => ({
		content: [text(`[${'1,'.repeat(10 * n)}1]`), text(`[${'2,'.repeat(10 * n)}1]`)],
		structuredContent: [1],
	})),
	result('blocks as text', (n) => JSON.stringify(list(n, () => text('a')))),
	result('a sound', (n) => [{ type: 'audio', data: 'A'.repeat(100 * n), mimeType: 'audio/wav' }]),
	result('notes on a block', (n) => [{ ...text('a'), _meta: record(n, (index) => index) }]),
	result('an answer in one piece', (n) => new Response('x'.repeat(50 * n))),
	result('levels', (n) => list(n, (a) => a).reduce<object>((inner) => ({ inner }), {})),
	thrown('fields', (n) =>
		Object.assign(
			new Error('a'),
			record(n, (index) => index),
		),
	),
	thrown('causes', (n) => chain(n / 10)),
	thrown('errors', (n) => new AggregateError(list(n / 10, (index) => new Error(String(index))))),
	thrown('steps of an issue', (n) => ({ issues: [{ message: 'a', path: list(n, (at) => at) }] })),
	...[
		'token: missing a=',
		'a:',
		"password:'a:",
		'x:"a\'',
		'https://a:',
		'cookie: ',
		'sk-',
		'\\"',
	].map((unit) =>
		row(
			`words without secrets: ${unit}`,
			(n) => unit.repeat(n / unit.length),
			(text) => withoutSecrets(text),
		),
	),
	...[
		...['\\', '%25', '&amp;', 'th-', 'th-ab.cd/', KEY, Buffer.from(KEY).toString('base64')],
		...['%', '\\u0074', 'dGgt', '&#116;', 'bearer ', 'a.', 'a://', 'basic '],
	].map((unit) =>
		row(
			`words without a key: ${unit}`,
			(n) => unit.repeat(n / unit.length),
			(words) => {
				redactor.text(words);
				redactor.openTail(words);
				withoutSecrets(words);
			},
		),
	),
];
