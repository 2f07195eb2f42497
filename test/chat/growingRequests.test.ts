import fc from 'fast-check';
import { readChatRequest, type ChatRequest, growingRequests } from '../../core/chat/chatRequest';
import { checkBody } from '../../gateway/contract/checkRequest';
import { call, calls, image, repairRows, result, says, user } from './repairRows';
import { casesOf } from '../support/sweep';

/** A conversation that grows is read in parts: it goes out as if all of it were read at once. */

const tools = [{ type: 'function' as const, function: { name: 'look' } }];
const requestOf = (messages: unknown[], hasTools = true): ChatRequest =>
	Object.assign({ messages: [] }, { messages, ...(hasTools ? { tools } : {}) });
const outcome = async (read: () => unknown) => {
	try {
		return { read: await read() };
	} catch (error) {
		return { error: error instanceof Error ? error.message : 'no error' };
	}
};

const turn = (id: string) => [calls(call(id)), result(id, `seen ${id}`)];

test('what stood in the request before goes out as the very same', async () => {
	const read = growingRequests();
	let messages: unknown[] = [user, ...turn('z')];
	let before = (await read(requestOf(messages))).body.messages;
	for (const id of ['a', 'b', 'c']) {
		messages = [...messages, ...turn(id)];
		const { body } = await read(requestOf(messages));
		expect(body.messages.slice(0, before.length).map((one, at) => one === before[at])).toEqual(
			before.map(() => true),
		);
		expect(body).toEqual(readChatRequest(requestOf(messages)).body);
		before = body.messages;
	}
});

test('an id that was there before gets another one', async () => {
	const read = growingRequests();
	const before = [user, ...turn('a')];
	await read(requestOf(before));
	const twice = requestOf([...before, ...turn('a')]);
	expect(await read(twice)).toEqual(readChatRequest(twice));
});

const pieces = [
	...repairRows.flatMap(([, given]) => given),
	...[...turn('a'), ...turn('b'), calls(call('a'), call('c')), result('c', '')],
	...[user, says('Well.'), says(' '), { role: 'system', content: 'Late.' }],
	...[
		{ role: 'user', content: [image] },
		{ role: 'user', content: '\ud800' },
	],
	...[
		{ role: 'bot', content: 'x' },
		{ role: 'user', content: [{ ...image, image_url: 'no' }] },
	],
];

test('any conversation goes out as if it were read at once, or is refused in the same words', async () => {
	let taken = 0;
	const growth = fc.array(
		fc.oneof(
			fc.array(fc.constantFrom(...pieces), { maxLength: 3 }),
			fc.uuid().map((id) => turn(id)),
			fc.constant([]),
		),
		{ maxLength: 6 },
	);
	await fc.assert(
		fc.asyncProperty(growth, fc.array(fc.boolean()), async (parts, flags) => {
			const read = growingRequests();
			let messages: unknown[] = [user];
			for (const [index, part] of [[], ...parts].entries()) {
				messages = [...messages, ...part];
				const request = requestOf(messages, flags[index] ?? true);
				const whole = await outcome(() => readChatRequest(request).body);
				const grown = await outcome(async () => (await read(request)).body);
				expect(grown.error).toEqual(whole.error);
				if (!grown.read) return;
				taken += 1;
				expect(checkBody(grown.read).refusal).toBeUndefined();
				expect(grown.read).toEqual(whole.read);
			}
		}),
		{ numRuns: casesOf(600) },
	);
	expect(taken).toBeGreaterThan(casesOf(1000));
});

test('pictures of all turns together are too many', async () => {
	const url = `data:image/png;base64,iVBORw0KGgoA${'A'.repeat(9 * 1024 * 1024)}`;
	const picture = { role: 'user', content: [{ type: 'image_url', image_url: { url } }] };
	const read = growingRequests();
	const pictures = Array.from({ length: 3 }, () => ({ ...picture }));
	await read(requestOf(pictures));
	await expect(read(requestOf([...pictures, picture]))).rejects.toThrow(/more than 32/);
});
