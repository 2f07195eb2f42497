import { call, calls, result, says, user, type RepairRow } from './rowPieces';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const uri = (text: string) => `data:text/plain;base64,${base64(text)}`;
const textOf = (text: string) => ({ type: 'text', text });
const read = (...parts: unknown[]) => [{ role: 'user', content: [textOf('Read'), ...parts] }];
/** What another client wrote, and the text that goes out. */
const shown = (name: string, part: unknown, text: string): RepairRow => [
	name,
	read(part),
	read(textOf(text)),
	/Converted content from another format/,
];
const leftOut = (name: string, part: unknown, text: string, what: RegExp): RepairRow => [
	name,
	read(part),
	read(textOf(text)),
	new RegExp(`without text: ${what.source}`),
];
const asked = (part: object) => [user, { role: 'assistant', parts: [part] }, user];
const step = (state: string, more: object = {}) => ({
	...{ type: 'tool-look', toolCallId: 'a', input: {}, state },
	...more,
});
const said = (words: string) => [user, calls(call('a')), result('a', words), user];
const made = says([
	{ type: 'tool-call', toolCallId: 'a', toolName: 'look', input: {} },
	{ type: 'tool-approval-request', approvalId: 'p', toolCallId: 'a' },
]);
const decided = (approved: boolean, reason?: string) => ({
	role: 'tool',
	content: [{ type: 'tool-approval-response', approvalId: 'p', approved, reason }],
});
const NO = 'Not run: a person said no to this call.';

/** Files in the forms of all clients, and calls that a person was asked about. */
export const documentRows: RepairRow[] = [
	shown(
		'a text document of Claude',
		{
			type: 'document',
			title: 'A',
			source: { type: 'text', media_type: 'text/plain', data: 'Hello' },
		},
		'A\nHello',
	),
	shown(
		'one in blocks',
		{ type: 'document', source: { type: 'content', content: [textOf('a'), textOf('b')] } },
		'a\nb',
	),
	shown(
		'one in base64',
		{ type: 'document', source: { type: 'base64', media_type: 'text/csv', data: base64('a,b') } },
		'a,b',
	),
	shown(
		'a file of OpenAI',
		{ type: 'file', file: { filename: 'a.txt', file_data: uri('Hello') } },
		'a.txt\nHello',
	),
	shown(
		'a file of the Responses API',
		{ type: 'input_file', filename: 'a.txt', file_data: uri('Hello') },
		'a.txt\nHello',
	),
	shown(
		'a file of the AI SDK',
		{ type: 'file', data: base64('Hello'), mediaType: 'text/markdown' },
		'Hello',
	),
	shown(
		'one of its messages',
		{ type: 'file', url: uri('Hello'), mediaType: 'text/plain' },
		'Hello',
	),
	shown(
		'one that is not base64',
		{ type: 'file', url: 'data:text/plain,Hel%20lo', mediaType: 'text/plain' },
		'Hel lo',
	),
	shown('bytes', { type: 'file', data: new Uint8Array([72, 105]), mediaType: 'text/plain' }, 'Hi'),
	shown(
		'bytes in JSON',
		{ type: 'file', data: { type: 'Buffer', data: [72, 105] }, mediaType: 'text/plain' },
		'Hi',
	),
	shown(
		'bytes as JSON has them',
		{ type: 'file', data: { 0: 72, 1: 105 }, mediaType: 'text/plain' },
		'Hi',
	),
	shown(
		'a file of Gemini',
		{ inlineData: { mimeType: 'text/plain', data: base64('Hello') } },
		'Hello',
	),
	shown(
		'a document of Bedrock',
		{ document: { format: 'md', name: 'a', source: { bytes: base64('Hello') } } },
		'a\nHello',
	),
	shown(
		'its text',
		{ document: { format: 'txt', name: 'a', source: { text: 'Hello' } } },
		'a\nHello',
	),
	shown(
		'a file of LangChain',
		{ type: 'file', source_type: 'base64', data: base64('Hello'), mime_type: 'application/json' },
		'Hello',
	),
	shown(
		'a resource of MCP',
		{ type: 'resource', resource: { uri: 'file:///a', text: 'Hello' } },
		'file:///a\nHello',
	),
	shown(
		'its bytes',
		{
			type: 'resource',
			resource: { uri: 'file:///a', mimeType: 'text/plain', blob: base64('Hello') },
		},
		'file:///a\nHello',
	),
	shown(
		'text without a type',
		{ type: 'file', data: base64('Hello there'), filename: 'a.log' },
		'a.log\nHello there',
	),
	shown(
		'a byte order mark',
		{
			type: 'file',
			data: Buffer.from('\ufeffHi', 'utf16le').toString('base64'),
			mediaType: 'text/plain',
		},
		'Hi',
	),
	shown(
		'a row of data that tells of a file',
		{ type: 'file', name: 'a.md', size: 3 },
		'{"type":"file","name":"a.md","size":3}',
	),
	shown(
		'a row with a document',
		{ document: { id: 1, text: 'x' }, score: 2 },
		'{"document":{"id":1,"text":"x"},"score":2}',
	),
	shown(
		'a text that is called a file',
		{ type: 'file', data: 'no base64!' },
		'{"type":"file","data":"no base64!"}',
	),
	leftOut(
		'a PDF',
		{
			type: 'file',
			file: { filename: 'a.pdf', file_data: `data:application/pdf;base64,${base64('%PDF-1')}` },
		},
		'[file left out: a.pdf, application/pdf, 6 bytes]',
		/file/,
	),
	leftOut(
		'bytes of no type',
		{ type: 'file', data: 'AAEC' },
		'[file left out: binary data, 3 bytes]',
		/file/,
	),
	leftOut(
		'a link',
		{ type: 'document', source: { type: 'url', url: 'https://a.example/b' } },
		'{"type":"document","source":{"type":"url","url":"https://a.example/b"}}',
		/document/,
	),
	leftOut(
		'an id',
		{ type: 'input_file', file_id: 'f1' },
		'{"type":"input_file","file_id":"f1"}',
		/input_file/,
	),
	leftOut(
		'a file of Google',
		{ fileData: { mimeType: 'text/plain', fileUri: 'gs://a' } },
		'{"fileData":{"mimeType":"text/plain","fileUri":"gs://a"}}',
		/fileData/,
	),
	[
		'a picture in a resource',
		read({ type: 'resource', resource: { uri: 'a', mimeType: 'image/png', blob: 'iVBORw0KGgo=' } }),
		read({ type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } }),
		/another format: resource/,
	],
	[
		'bare texts in a list',
		[{ role: 'user', content: ['a', 1] }],
		[{ role: 'user', content: [textOf('a'), textOf('1')] }],
		/another format: a bare string, a bare number\./,
	],
	[
		'a key twice in arguments',
		[user, calls(call('a', '{"b":1,"b":2}')), result('a')],
		[user, calls(call('a', '{"arguments":"{\\"b\\":1,\\"b\\":2}"}')), result('a')],
		/Converted the arguments of calls/,
	],
	['a call that was denied', asked(step('output-denied')), said(NO), /not approved: look/],
	[
		'a call that was denied, with the reason',
		asked(
			step('approval-responded', { approval: { id: 'p', approved: false, reason: 'Too much' } }),
		),
		said(`${NO} They said: "Too much".`),
		/not approved: look/,
	],
	[
		'a call that waits for approval',
		asked(step('approval-requested', { approval: { id: 'p' } })),
		said('Not run: nobody has approved this call yet.'),
		/calls that had none: look/,
	],
	[
		'a decision in parts',
		[user, made, decided(false, 'No'), user],
		said(`${NO} They said: "No".`),
		/not approved/,
	],
	[
		'a decision beside the result that says it',
		[
			...[user, made, decided(false)],
			{
				role: 'tool',
				content: [{ type: 'tool-result', toolCallId: 'a', output: { type: 'execution-denied' } }],
			},
			user,
		],
		said(NO),
		/not approved/,
	],
	[
		'a call that was approved',
		[
			...[user, made, decided(true)],
			{
				role: 'tool',
				content: [{ type: 'tool-result', toolCallId: 'a', output: { type: 'text', value: 'ok' } }],
			},
			user,
		],
		said('ok'),
		/another format/,
	],
	[
		'approvals of the Responses API',
		[
			user,
			{ type: 'mcp_approval_request', id: 'm', name: 'look' },
			{ type: 'mcp_approval_response', approval_request_id: 'm', approve: false },
		],
		[
			user,
			says([textOf('{"type":"mcp_approval_request","id":"m","name":"look"}')]),
			{
				role: 'user',
				content: [
					textOf('{"type":"mcp_approval_response","approval_request_id":"m","approve":false}'),
				],
			},
		],
		/mcp_approval_response as user/,
	],
];
