import { Readable } from 'node:stream';
import { chat } from '../../core';
import { readChatRequest } from '../../core/chat/chatRequest';
import { toolContent } from '../../core/toolLoop/toolContent';
import { openGateway } from '../support/openGateway';
const PNG =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Whatever carries bytes that nobody has given a type: the bytes tell what they are. */

const png = Buffer.from(PNG, 'base64');
const OCTETS = 'application/octet-stream';

const CARRIERS: Record<string, (bytes: Buffer) => unknown> = {
	'a Buffer': (bytes) => bytes,
	'a Blob': (bytes) => new Blob([bytes], { type: OCTETS }),
	'a Blob of no type': (bytes) => new Blob([bytes]),
	'a File': (bytes) => new File([bytes], 'a', { type: OCTETS }),
	'a Response': (bytes) => new Response(bytes, { headers: { 'content-type': OCTETS } }),
	'a Response of no type': (bytes) => new Response(new Blob([bytes]).stream()),
	'a Node stream': (bytes) => Readable.from([bytes]),
	'a Node stream, byte by byte': (bytes) =>
		Readable.from([
			...[...bytes.subarray(0, 100)].map((one) => Buffer.of(one)),
			bytes.subarray(100),
		]),
	'a web stream': (bytes) => new Blob([bytes]).stream(),
	'a resource of MCP': (bytes) => ({
		content: [
			{
				type: 'resource',
				resource: { uri: '', mimeType: OCTETS, blob: bytes.toString('base64') },
			},
		],
	}),
	'a file of the AI SDK': (bytes) => [
		{ type: 'file', data: bytes.toString('base64'), mediaType: OCTETS },
	],
};

const inField = (value: unknown) => ({ found: value });
const PLACES: Record<string, (value: unknown) => unknown> = {
	'': (value) => value,
	' in a field': inField,
	' behind a promise': (value) => inField(Promise.resolve(value)),
};
const isBlocks = (carrier: string) => / of (?:MCP|the AI SDK)$/.test(carrier);
const rows = Object.entries(CARRIERS).flatMap(([carrier, make]) =>
	Object.entries(PLACES)
		.filter(([place]) => place === '' || !isBlocks(carrier))
		.map(([place, put]) => [`${carrier}${place}`, (bytes: Buffer) => put(make(bytes))] as const),
);

const told = async (value: unknown) => JSON.stringify(await toolContent(value, { limit: 3_000 }));

describe.each(rows)('%s', (_carrier, make) => {
	test('of a picture is seen', async () => {
		expect(await told(make(png))).toContain(`{"url":"data:image/png;base64,${PNG}"}`);
	});
	test('of a text is read', async () => {
		expect(await told(make(Buffer.from('größe,1\n')))).toContain('größe,1');
	});
	test.each([
		['a zip', Buffer.from('PK\x03\x04\0\0\x08\0')],
		['a PDF', Buffer.from('%PDF-1.4\nall of letters')],
		['noise', Buffer.from([0, 255, 1, 254])],
	])('of %s is named', async (_what, bytes) => {
		const said = await told(make(bytes));
		expect(said).toMatch(/octet-stream|binary data/);
		expect(said).not.toContain('letters');
		expect(said).not.toContain(bytes.toString('base64'));
	});
	test('of a picture that is too large is named', async () => {
		const large = Buffer.concat([png, Buffer.alloc(9 * 1024 * 1024)]);
		const said = await told(make(large));
		expect(said).toMatch(/image\/png|left out/);
		expect(said.length).toBeLessThan(2_000);
	});
});

const alone = Object.entries(CARRIERS).filter(
	([carrier]) => !isBlocks(carrier) && !carrier.includes('Response'),
);
test.each(alone)('%s that is all of a result and no text is a failure', async (_carrier, make) => {
	const told = await toolContent(make(Buffer.from([0, 255, 1, 254])), { limit: 3_000 });
	expect(told).toEqual({ content: expect.stringMatching(FAILED), error: expect.any(String) });
});
const FAILED = /^The tool failed: it returned .*4 bytes.* which has no text$|binary data, which/;

const gone = () => Promise.reject(new Error('gone'));
test.each<[string, () => unknown]>([
	[
		'a Node stream',
		() =>
			new Readable({
				read() {
					this.destroy(new Error('gone'));
				},
			}),
	],
	['a web stream', () => new ReadableStream({ start: (it) => it.error(new Error('gone')) })],
	['an iterable', () => ({ [Symbol.asyncIterator]: () => ({ next: gone }) })],
])('%s that breaks before it says anything is a failure', async (_what, make) => {
	const told = await toolContent(make(), { limit: 3_000 });
	expect(told).toEqual({ content: 'The tool failed: gone', error: 'The tool failed: gone' });
});

test('a picture in a message that is called a download is sent as what it is', async () => {
	const { client, bodies } = await openGateway([{ text: 'fine' }]);
	const url = `data:image/png;base64,${PNG}`;
	const seen = { type: 'image_url', image_url: { url } };
	await chat(client, {
		messages: [
			{
				role: 'user',
				content: [
					{ type: 'image_url', image_url: { url: `data:${OCTETS};base64,${PNG}` } },
					{ type: 'image_url', image_url: { url: `data:;base64,${PNG}` } },
					{ type: 'file', data: PNG, mediaType: OCTETS },
					{ type: 'input_file', file_data: `data:${OCTETS};base64,${PNG}` },
					{ inlineData: { mimeType: OCTETS, data: PNG } },
					{ type: 'file', data: png, mediaType: OCTETS },
				],
			},
		],
	});
	expect(bodies()[0]?.messages).toEqual([
		{ role: 'user', content: Array.from({ length: 6 }, () => seen) },
	]);
});

test.each([
	['a page', Buffer.from('<!doctype html><title>404</title>')],
	['half a sign', png.subarray(0, 6)],
	['a sound', Buffer.from('RIFF\0\0\0\0WAVE')],
])('%s that is called a picture is refused by its place', (_what, bytes) => {
	const url = `data:image/png;base64,${bytes.toString('base64')}`;
	const content = [{ type: 'image_url', image_url: { url } }];
	expect(() => readChatRequest({ messages: [{ role: 'user', content }] })).toThrow(
		/"messages\.0\.content\.0\.image_url\.url": its data does not begin as a picture does/,
	);
});
