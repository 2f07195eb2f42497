import type { FieldRow, Setting } from './fieldRow';
import { resultRows, sharedRows } from './sharedRows';

export const chatBase = { prompt: 'Ask' };

const rows = (...values: object[]): Setting['with'] => ({
	inputMode: 'messages',
	messages: { values },
});
const [one, three] = ['One', 'Three'].map((content) => ({ role: 'user', content }));
const second: Setting = { with: rows({ ...one }, { content: 'Two' }, { ...three }), entry: 1 };
const json = { messagesJson: '[{"role":"user","content":"As JSON"}]' };
const tool = { type: 'function', function: { name: 'find' } };
const tools = { options: { tools: JSON.stringify([tool]) } };
const URL = 'https://example.com/a.png';
const sent = (content: string) => [{ role: 'user', content }];

export const chatRows: FieldRow[] = [
	...sharedRows,
	...resultRows,
	['inputMode=prompt', 'prompt', 'bodies.0.messages', sent('Ask'), { from: 'json' }],
	[
		'inputMode=messages',
		'messages',
		'bodies.0.messages',
		sent('Row'),
		{ with: { messages: { values: sent('Row') } } },
	],
	['inputMode=json', 'json', 'bodies.0.messages', sent('As JSON'), { with: json }],
	['prompt', 'Else', 'bodies.0.messages', sent('Else')],
	[
		'messages.values.role=user',
		'user',
		'bodies.0.messages.1.role',
		'user',
		{ ...second, from: 'assistant' },
	],
	['messages.values.role=assistant', 'assistant', 'bodies.0.messages.1.role', 'assistant', second],
	[
		'messages.values.role=system',
		'system',
		'bodies.0.messages.0',
		{ role: 'system', content: 'Two' },
		second,
	],
	[
		'messages.values.content',
		'Row',
		'bodies.0.messages',
		sent('Row'),
		{ with: rows({ role: 'user' }) },
	],
	[
		'messagesJson',
		json.messagesJson,
		'bodies.0.messages',
		sent('As JSON'),
		{ with: { inputMode: 'json' } },
	],
	['systemMessage', 'Be kind.', 'bodies.0.messages.0', { role: 'system', content: 'Be kind.' }],
	[
		'systemMessage',
		'Be kind.',
		'bodies.0.messages.0',
		{ role: 'system', content: 'Be kind.' },
		{ with: rows({ ...one }) },
	],
	[
		...(['options.autoContinue', true, 'json.text', 'One, two.'] as const),
		{ script: [{ text: 'One, ', finishReason: 'length' }, { text: 'two.' }] },
	],
	['options.dryRun', true, 'bodies.length', 0],
	['options.includeRaw', true, 'json.raw.object', 'chat.completion'],
	[
		'options.responseFormat=text',
		'text',
		'bodies.0.response_format',
		undefined,
		{ from: 'jsonObject' },
	],
	[
		'options.responseFormat=jsonObject',
		'jsonObject',
		'bodies.0.response_format',
		{ type: 'json_object' },
	],
	['options.reuseIdentical', true, 'bodies.length', 1, { items: [{}, {}] }],
	[
		'options.reuseIdentical',
		false,
		'bodies.length',
		2,
		{ items: [{}, {}], with: { options: { temperature: 0 } } },
	],
	['options.stream', true, 'bodies.0.stream', true],
	['options.toolChoice', 'none', 'bodies.0.tool_choice', 'none', { with: tools }],
	['options.toolChoice', 'find', 'bodies.0.tool_choice', tool, { with: tools }],
	['options.tools', tools.options.tools, 'bodies.0.tools', [tool]],
	[
		'options.images',
		[URL],
		'bodies.0.messages.0.content.0',
		{ type: 'image_url', image_url: { url: URL } },
	],
];
