import { z } from 'zod/v4';
import { defineTool, runToolLoop } from '../../core';
import { openGateway } from '../support/openGateway';
import { pngOf } from '../support/pngOf';

const PNG = 'iVBORw0KGgo=';

async function shown(result: unknown, longResults?: 'cut') {
	const { client, bodies } = await openGateway([
		{ toolCalls: [{ id: 'a', name: 'look', arguments: {} }] },
		{ text: 'Seen.' },
	]);
	const look = defineTool({
		name: 'look',
		description: 'Looks',
		parameters: z.object({}),
		execute: () => result,
	});
	const { steps } = await runToolLoop(client, { prompt: 'Look', tools: [look], longResults });
	const messages = z.array(z.looseObject({ content: z.unknown() })).parse(bodies()[1]?.messages);
	return { content: messages.at(-1)?.content, step: steps[0]?.result };
}

const image = { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}` } };

test("an MCP server's text and image reach the model as text and image", async () => {
	const blocks = [
		{ type: 'text', text: 'Here it is' },
		{ type: 'image', data: PNG, mimeType: 'image/png' },
	];
	expect(await shown(blocks)).toEqual({
		content: [{ type: 'text', text: 'Here it is' }, image],
		step: 'Here it is\n[image/png, 1 kB]',
	});
});

test("n8n's MCP tools hand the same blocks over as JSON text", async () => {
	const blocks = [
		{ type: 'text', text: 'Here' },
		{ type: 'image', data: PNG, mimeType: 'image/png' },
	];
	expect((await shown(JSON.stringify(blocks))).content).toEqual([
		{ type: 'text', text: 'Here' },
		image,
	]);
	const notBlocks = '[{"type":"text","name":"no text at all"}]';
	expect((await shown(notBlocks)).content).toBe(notBlocks);
});

test("OpenAI's image parts and links as well, alone too", async () => {
	expect((await shown([image])).content).toEqual([image]);
	const link = { type: 'image_url', image_url: { url: 'https://example.com/a.png' } };
	expect(await shown(link)).toEqual({ content: [link], step: '[image https://example.com/a.png]' });
});

test('texts in blocks are taken out of them, other blocks are told as JSON', async () => {
	const resource = { type: 'resource_link', uri: 'file:///a' };
	expect((await shown([{ type: 'text', text: 'One' }, resource])).content).toBe(
		`One\n${JSON.stringify(resource)}`,
	);
});

test('an image that Claude does not take is named, not sent', async () => {
	const svg = { type: 'image', data: PNG, mimeType: 'image/svg+xml' };
	expect((await shown([svg])).content).toMatch(/image\/svg\+xml.*left out: it is image/);
	const page = Buffer.from('<html>Not found</html>').toString('base64');
	const error = { type: 'image', data: page, mimeType: 'image/png' };
	expect((await shown([error])).content).toMatch(/left out: its data does not begin as a picture/);
	const tall = { type: 'image_url', image_url: { url: pngOf(1440, 8570) } };
	expect((await shown([tall])).content).toMatch(
		/left out: it has 1440 × 8570 pixels, more than 8000/,
	);
	const huge = { type: 'image', data: 'A'.repeat(8_000_000), mimeType: 'image/png' };
	expect((await shown([huge])).content).toMatch(/5860 kB.*more than 5\b/);
});

test.each([
	['a script', 'javascript:alert(1)'],
	['a file', 'file:///etc/passwd'],
	['a drawing', 'data:image/svg+xml,<svg/>'],
	['words', 'not a link'],
	['a link without end', `https://example.com/${'a'.repeat(100_000)}`],
])('%s in place of a picture is named, not sent', async (_what, url) => {
	const { content } = await shown([{ type: 'image_url', image_url: { url } }]);
	expect(content).toMatch(/left out: it is neither a link nor base64/);
	expect(String(content).length).toBeLessThan(400);
});

test('a result cannot fill the conversation with pictures', async () => {
	const many = await shown(Array.from({ length: 5_000 }, () => image));
	expect(JSON.stringify(many.content).match(/image_url":\{/g)).toHaveLength(20);
	expect(JSON.stringify(many.content)).toContain('left out: a result may have 20 at most');
	expect(JSON.stringify(many.content).length).toBeLessThan(60_000);
	const data = `iVBORw0KGgoA${'A'.repeat(5_000_000)}`;
	const large = { type: 'image', data, mimeType: 'image/png' };
	const { content } = await shown(Array.from({ length: 9 }, () => large));
	expect(JSON.stringify(content).match(/image_url":\{/g)).toHaveLength(4);
});

test('a list that is no content stays a list', async () => {
	const rows = [{ type: 'image', name: 'Mona Lisa' }];
	expect(await shown(rows)).toEqual({ content: JSON.stringify(rows), step: rows });
});

test('steps hold what the model read, not what was cut', async () => {
	const { content, step } = await shown({ text: 'x'.repeat(60_000) }, 'cut');
	expect(step).toBe(content);
	expect(String(step).length).toBeLessThan(51_000);
});
