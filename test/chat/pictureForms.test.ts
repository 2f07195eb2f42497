import { chat } from '../../core';
import { imageProblem, plainDataUri } from '../../core/chat/images';
import { toolContent } from '../../core/toolLoop/toolContent';
import { openGateway } from '../support/openGateway';
import { pngOf } from '../support/pngOf';

const BYTES = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64',
);
const DATA = BYTES.toString('base64');
const PLAIN = `data:image/png;base64,${DATA}`;
/** Bytes whose base64 has all signs in which its alphabets differ, and needs to be padded. */
const [standard, ofUrls] = (['base64', 'base64url'] as const).map((form) =>
	Buffer.concat([BYTES, Buffer.from([0xfb, 0xff, 0xfe, 0xfb, 0xff])]).toString(form),
);

/** As SDKs, tools and browsers write pictures, and as Claude takes them. */
const FORMS: Array<[name: string, url: string, sent: string]> = [
	['as it should be', PLAIN, PLAIN],
	['with a parameter', `data:image/png;charset=utf-8;base64,${DATA}`, PLAIN],
	['with a name', `data:image/png;name=a.png;base64,${DATA}`, PLAIN],
	['in capitals', `DATA:IMAGE/PNG;BASE64,${DATA}`, PLAIN],
	['with blanks in its head', `data: image/png; base64,${DATA}`, PLAIN],
	['a data URI in a data URI', `data:image/png;base64,${PLAIN}`, PLAIN],
	['in lines', `data:image/png;base64,${DATA.replace(/.{20}/g, '$&\r\n')}`, PLAIN],
	['escaped for a URL', `data:image/png;base64,${encodeURIComponent(DATA)}`, PLAIN],
	['without padding', `data:image/png;base64,${DATA.replace(/=+$/, '')}`, PLAIN],
	['base64url', `data:image/png;base64,${ofUrls}`, `data:image/png;base64,${standard}`],
	['called JPEG', `data:image/jpeg;base64,${DATA}`, PLAIN],
	['image/x-png', `data:image/x-png;base64,${DATA}`, PLAIN],
];

test.each(FORMS)('a picture %s is sent as Claude takes it', async (_name, url, sent) => {
	const { client, gateway } = await openGateway([{ text: 'Seen' }]);
	const content = [{ type: 'image_url' as const, image_url: { url } }];
	const { text } = await chat(client, { messages: [{ role: 'user', content }] });
	expect(text).toBe('Seen');
	expect(gateway.requests.map(({ status }) => status)).toEqual([200]);
	expect(gateway.requests[0]?.body).toMatchObject({
		messages: [{ content: [{ image_url: { url: sent } }] }],
	});
});

test.each(FORMS)('so is one %s of a tool', async (_name, url, sent) => {
	const { content } = await toolContent([{ type: 'image_url', image_url: { url } }], {
		limit: 10_000,
	});
	expect(JSON.stringify(content)).toContain(sent);
});

test('another name of JPEG is JPEG', () => {
	expect(plainDataUri('data:image/jpg;base64,/9j/')).toBe('data:image/jpeg;base64,/9j/');
	expect(imageProblem('data:image/pjpeg;base64,/9j/')).toBeUndefined();
});

test.each([
	['no base64', 'data:image/png;base64,not base64 at all!!'],
	['a length that base64 cannot have', `data:image/png;base64,${'A'.repeat(41)}`],
	['padding in the middle', `data:image/png;base64,AA==${DATA}`],
	['more pixels than Claude sees', pngOf(8001, 10)],
	['no picture', 'data:text/plain;base64,SGk='],
	['heads without end', `${'data:image/png;base64,'.repeat(100_000)}AAAA`],
])('%s is refused before it is paid for', async (_name, url) => {
	expect(imageProblem(url)).toMatch(/^(?:its|it is|it has)/);
	const { client, gateway } = await openGateway([]);
	const content = [{ type: 'image_url' as const, image_url: { url } }];
	const asked = chat(client, { messages: [{ role: 'user', content }] });
	await expect(asked).rejects.toMatchObject({ kind: 'badConfig' });
	expect(gateway.requests).toEqual([]);
});
