import { toolContent } from '../../core/toolLoop/toolContent';

/* The forms in which public clients and libraries give pictures. */

const PNG =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const png = Buffer.from(PNG, 'base64');
const uri = `data:image/png;base64,${PNG}`;
const picture = { type: 'image_url', image_url: { url: uri } };

const NAMED = '[image/png, 1 kB]';
const pictures: Array<[what: string, make: () => unknown, text: string]> = [
	['a Buffer', () => png, NAMED],
	['a screenshot beside data', () => ({ shot: png, page: 1 }), `{"shot":"${NAMED}","page":1}`],
	['a Buffer as JSON', () => ({ f: png.toJSON() }), `{"f":"${NAMED}"}`],
	['a data URI', () => uri, NAMED],
	['a data URI in data', () => ({ chart: uri }), `{"chart":"${NAMED}"}`],
	[
		"n8n's binary data",
		() => ({ data: { data: PNG, mimeType: 'image/png' } }),
		`{"data":{"data":"${NAMED}","mimeType":"image/png"}}`,
	],
	[
		"Gemini's form",
		() => [{ text: 'x' }, { inlineData: { mimeType: 'image/png', data: PNG } }],
		`[{"text":"x"},{"inlineData":{"mimeType":"image/png","data":"${NAMED}"}}]`,
	],
	[
		'the same in another spelling',
		() => ({ inline_data: { mime_type: 'image/png', data: PNG } }),
		`{"inline_data":{"mime_type":"image/png","data":"${NAMED}"}}`,
	],
	["OpenAI's input", () => [{ type: 'input_image', image_url: uri, detail: 'auto' }], ''],
	["OpenAI's picture", () => ({ data: [{ b64_json: PNG }] }), `{"data":[{"b64_json":"${NAMED}"}]}`],
	[
		"LangChain's older form",
		() => [{ type: 'image', source_type: 'base64', mime_type: 'image/png', data: PNG }],
		'',
	],
	[
		"LangChain's form with an id",
		() => [{ type: 'image', mimeType: 'image/png', data: PNG, id: 'x' }],
		`[{"type":"image","mimeType":"image/png","data":"${NAMED}","id":"x"}]`,
	],
	[
		'content and artifact',
		() => ['text', { type: 'image', mimeType: 'image/png', data: PNG }],
		`["text",{"type":"image","mimeType":"image/png","data":"${NAMED}"}]`,
	],
	[
		"the AI SDK's form",
		() => ({
			type: 'content',
			value: [
				{ type: 'text', text: 'hi' },
				{ type: 'media', data: PNG, mediaType: 'image/png' },
			],
		}),
		'hi',
	],
	[
		'its newer form',
		() => ({ type: 'content', value: [{ type: 'image-data', data: PNG, mediaType: 'image/png' }] }),
		'',
	],
	[
		"Bedrock's form",
		() => [{ image: { format: 'png', source: { bytes: png } } }],
		`[{"image":{"format":"png","source":{"bytes":"${NAMED}"}}}]`,
	],
	[
		'a call inside of data',
		() => ({ result: { content: [{ type: 'image', data: PNG, mimeType: 'image/png' }] } }),
		`{"result":{"content":[{"type":"image","data":"${NAMED}","mimeType":"image/png"}]}}`,
	],
	[
		'a block with unknown keys',
		() => ({ content: [{ type: 'image', data: PNG, mimeType: 'image/png', more: 2 }] }),
		`{"type":"image","data":"${NAMED}","mimeType":"image/png","more":2}`,
	],
	[
		'a resource that was read',
		() => ({ contents: [{ uri: 'a:b', mimeType: 'image/png', blob: PNG }] }),
		`{"contents":[{"uri":"a:b","mimeType":"image/png","blob":"${NAMED}"}]}`,
	],
	['a Blob in data', () => [new Blob([png], { type: 'image/png' })], `["${NAMED}"]`],
	['a type that is no type', () => [{ type: 'image', data: PNG, mimeType: 'image/jpg' }], ''],
	['another type than it is', () => [{ type: 'image', data: PNG, mimeType: 'image/webp' }], ''],
	[
		'a picture beside structure',
		() => ({
			content: [{ type: 'image', data: PNG, mimeType: 'image/png' }],
			structuredContent: { n: 1 },
		}),
		'{"n":1}',
	],
];

test.each(pictures)('a picture is seen: %s', async (_what, make, text) => {
	const { content } = await toolContent(make(), { limit: 3_000 });
	expect(content).toEqual([...(text === '' ? [] : [{ type: 'text', text }]), picture]);
});
