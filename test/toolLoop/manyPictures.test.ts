import { chat, defineTool, runToolLoop } from '../../core';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';
import { pngOf } from '../support/pngOf';

const shown = (url: string) => ({ type: 'image_url' as const, image_url: { url } });
const heavy = `data:image/png;base64,iVBORw0KGgoA${'A'.repeat(4_000_000)}`;
const large = pngOf(1440, 2400);
const small = pngOf(320, 240);

/** What Claude takes of a request: 32 MB, 20 images where one is large, 100 others. */
test.each([
	['megabytes', heavy, { turns: 10, inResult: 1, most: 8 }],
	['large ones', large, { turns: 25, inResult: 1, most: 20 }],
	['small ones, several in a result', small, { turns: 25, inResult: 5, most: 100 }],
])(
	'screenshots that add up do not end a loop: %s',
	async (_name, url, { turns, inResult, most }) => {
		let turn = 0;
		const { client, gateway, bodies } = await openGateway(() => {
			turn += 1;
			const call = { id: `c${turn}`, name: 'shot', arguments: { turn } };
			return turn <= turns ? { toolCalls: [call] } : { text: 'Done.' };
		});
		const shot = defineTool({
			...{ name: 'shot', description: 'Looks', parameters: { type: 'object', properties: {} } },
			execute: () => Array.from({ length: inResult }, () => shown(url)),
		});
		const asked = { prompt: 'Go', tools: [shot], maxIterations: turns + 1 };
		const { output, warnings } = await runToolLoop(client, asked);
		expect(output).toBe('Done.');
		expect(new Set(gateway.requests.map(({ status }) => status))).toEqual(new Set([200]));
		const sent = JSON.stringify(bodies().at(-1)).match(/"type":"image_url"|was left out/g) ?? [];
		const images = sent.filter((word) => word.startsWith('"type"'));
		expect(sent).toHaveLength(turns * inResult);
		expect(images).toHaveLength(most);
		// The newest ones.
		expect(sent.slice(-most)).toEqual(images);
		expect(warnings).toEqual([expect.stringContaining('Images of older tool results')]);
	},
	120_000,
);

test.each([
	['too many', Array.from({ length: 101 }, () => small), /101 images, more than 100/],
	[
		'a large one among many',
		[...Array.from({ length: 20 }, () => small), large],
		/with more than 20 images/,
	],
])('what a caller gives is refused before it is paid for: %s', async (_name, urls, words) => {
	const { client, gateway } = await openGateway([]);
	const error = await failure(
		chat(client, { messages: [{ role: 'user', content: urls.map(shown) }] }),
	);
	expect(error).toMatchObject({ kind: 'badConfig', message: expect.stringMatching(words) });
	expect(gateway.requests).toEqual([]);
});
