import { Readable } from 'node:stream';
import { repairConversation } from '../../core/chat/repair/repairConversation';
import { runToolLoop } from '../../core';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';

/** What has to be awaited or read by its owner would go out as `{}`: it is refused by its place. */

const user = { role: 'user', content: 'Hi' };
const repair = (...messages: unknown[]) => repairConversation(messages, { hasTools: true });
const bytes = Buffer.from('iVBORw0KGgo=', 'base64');

test.each<[string, unknown, RegExp]>([
	['a promise', Promise.resolve('x'), /it is a Promise: await it first/],
	['something like a promise', { then: () => undefined }, /read it first/],
	['a function', () => 'x', /it is a Function: call it first/],
	['a Blob', new Blob([bytes], { type: 'image/png' }), /it is a Blob: give its bytes/],
	['a File', new File([bytes], 'a.png'), /it is a File: give its bytes/],
	['a web stream', new Blob(['x']).stream(), /it is a ReadableStream: read it first/],
	['a Node stream', Readable.from(['x']), /read it first/],
	['a Response', new Response('x'), /it is a Response: read its body first/],
	['a symbol', Symbol('x'), /read it first/],
	['a weak map', new WeakMap(), /it is a WeakMap/],
])('%s', (_name, value, words) => {
	const places: Array<[unknown[], string]> = [
		[[user, { role: 'user', content: value }], '/messages/1/content'],
		[[{ role: 'user', content: [{ type: 'text', text: 'a' }, value] }], '/messages/0/content/1'],
		[[{ role: 'user', content: [{ type: 'image', image: value }] }], '/messages/0/content/0/image'],
		[[user, { role: 'user', parts: [{ text: value }] }], '/messages/1/parts/0/text'],
		[
			[user, { role: 'tool', tool_call_id: 'a', content: { rows: [value] } }],
			'/messages/1/content/rows/0',
		],
	];
	for (const [messages, path] of places) {
		expect(() => repair(...messages)).toThrow(words);
		expect(() => repair(...messages)).toThrow(
			expect.objectContaining({
				kind: 'badConfig',
				details: expect.objectContaining({ failures: [expect.objectContaining({ path })] }),
			}),
		);
	}
});

const look = () => 'x';
test.each<[string, object, string]>([
	['all calls', { tool_calls: Promise.resolve([]) }, 'tool_calls'],
	['all calls of another client', { toolCalls: look }, 'toolCalls'],
	[
		'an argument',
		{ tool_calls: [{ id: 'a', function: { name: 'look', arguments: { look } } }] },
		'tool_calls/0/function/arguments/look',
	],
	['a call that can run', { toolCalls: [{ id: 'a', name: 'look', look }] }, 'toolCalls/0/look'],
	[
		'a result that has not come',
		{ toolInvocations: [{ toolCallId: 'a', result: Promise.resolve(1) }] },
		'toolInvocations/0/result',
	],
	[
		'calls as they came',
		{ additional_kwargs: { tool_calls: look } },
		'additional_kwargs/tool_calls',
	],
])('in a call it is refused as well: %s', (_name, given, path) => {
	const failures = [expect.objectContaining({ path: `/messages/1/${path}` })];
	expect(() => repair(user, { role: 'assistant', content: 'Yes', ...given })).toThrow(
		expect.objectContaining({ details: expect.objectContaining({ failures }) }),
	);
});

test('beside the words they are left out by name', () => {
	const { messages, warnings } = repair({ ...user, usage: Promise.resolve(1), log: () => 1 });
	expect(messages).toEqual([user]);
	expect(warnings.join()).toContain('/messages/0/usage, /messages/0/log.');
});

test('what can be written down is', () => {
	const held = { m: new Map([['a', new Set([1])]]), e: new Error('gone'), d: new Date(0) };
	const { messages } = repair({ role: 'user', content: [{ type: 'data', held }] });
	const text = '{"type":"data","held":{"m":{"a":[1]},"e":"gone","d":"1970-01-01T00:00:00.000Z"}}';
	expect(messages).toEqual([{ role: 'user', content: [{ type: 'text', text }] }]);
});

test('the place is that in the messages of the caller', async () => {
	const { client } = await openGateway([]);
	const messages = [{ role: 'user', content: Promise.resolve('x') }];
	const error = await failure(runToolLoop(client, { system: 'Be brief.', messages, tools: [] }));
	expect(error.message).toContain('"messages.0.content"');
});
