import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';
import { startGateway, type Reply } from '../../gateway';
import { makePdf } from '../support/makePdf';
import { KEY } from '../support/openGateway';
import { openReader } from '../support/openReader';
import { runNode, type NodeRun } from '../support/runNode';

/**
 * Mistakes that people make, and what they read then: in the editor the message names what is wrong and
 * the description says what to do; a chat that streams has both. Nothing of it is paid for.
 */
interface Mistake {
	node?: 'chat' | 'loop' | 'extract';
	parameters?: Record<string, unknown>;
	options?: Record<string, unknown>;
	/** Of the credential. */
	access?: { apiKey?: string; baseUrl?: string };
	withoutCredential?: true;
	/** What the endpoint answers. */
	reply?: Reply;
	account?: 'noCredit';
	item?: INodeExecutionData;
	/** In the message. */
	says: RegExp;
	/** In the description. */
	advises: RegExp;
	/** Where a request has to be made to find out. */
	asks?: number;
}

const TYPES = {
	chat: 'tokenHubChatCompletion',
	loop: 'tokenHubToolCallLoop',
	extract: 'tokenHubJsonExtract',
} as const satisfies Record<string, NodeRun['type']>;

const file = (mimeType: string, bytes: string | Buffer): IBinaryData => ({
	...{ mimeType, data: Buffer.from(bytes).toString('base64') },
});
const withFile = (name: string, data: IBinaryData): INodeExecutionData => ({
	...{ json: {}, binary: { [name]: data } },
});
const refuses = (status: number, message: string): Reply => ({ status, error: { message } });
const fields = (...values: object[]) => ({ schemaSource: 'fields', fields: { values } });
const schema = (jsonSchema: string) => ({ schemaSource: 'jsonSchema', jsonSchema });
const zod = (zodSchema: string) => ({ schemaSource: 'zod', zodSchema });
const tool = (values: object) => ({ tools: { values: [{ name: 'find', ...values }] } });
const modelOf = (value: string) => ({ model: { __rl: true, mode: 'id', value } });

/** n8n marks the field with a triangle, and starts nothing: it has no further words. */
const IN_THE_FORM = /^$/;

const MISTAKES: Record<string, Mistake> = {
	// The credential.
	'no credential': {
		withoutCredential: true,
		says: /TokenHub credential/,
		advises: /Choose or create a TokenHub credential/,
	},
	'an empty key': {
		access: { apiKey: '' },
		says: /key is empty/i,
		advises: /Open the TokenHub credential/,
	},
	'a key of OpenAI': {
		access: { apiKey: 'sk-1234567' },
		says: /starts with "th-"/,
		advises: /Open the TokenHub credential/,
	},
	'a key with a line break': {
		access: { apiKey: 'th-12 34' },
		says: /space or a line break/,
		advises: /./,
	},
	'a key that was revoked': {
		access: { apiKey: 'th-revoked-key' },
		...{ says: /key/i, advises: /Check the API key in the TokenHub credential/, asks: 1 },
	},
	'no address': {
		access: { baseUrl: 'tokenhub' },
		says: /Base URL/,
		advises: /Open the TokenHub credential/,
	},
	'an address of a file': {
		access: { baseUrl: 'ftp://tokenhub.store' },
		says: /Base URL|http/i,
		advises: /./,
	},
	'https where http is spoken': {
		access: { baseUrl: 'https' },
		...{ says: /could not be reached/, advises: /speaks http, not https/ },
	},
	'nobody at the address': {
		access: { baseUrl: 'http://127.0.0.1:9/api/v1' },
		// n8n's own words for it.
		...{ says: /refused the connection/, advises: /Check the Base URL, the network and any proxy/ },
	},
	'no credit': {
		account: 'noCredit',
		says: /credit/i,
		advises: /Top up the TokenHub account/,
		asks: 1,
	},
	// The question.
	'an empty prompt': {
		parameters: { prompt: '' },
		...{ says: /"Prompt" is required/, advises: IN_THE_FORM },
	},
	'an empty prompt of a loop': {
		...{ node: 'loop', parameters: { prompt: ' ' } },
		...{ says: /"Prompt" is empty/, advises: /Type a text/ },
	},
	'no message of a chat': {
		...{ node: 'loop', parameters: { prompt: '={{ $json.chatInput }}' } },
		...{ says: /"Prompt" is empty/, advises: /Type a text/ },
	},
	'a prompt that is a list': {
		parameters: { prompt: '={{ [1] }}' },
		says: /Prompt|prompt/,
		advises: /./,
	},
	'a file as the prompt': {
		parameters: { prompt: '=Read {{ $binary.data }}' },
		item: withFile('data', file('text/plain', 'a')),
		...{ says: /"Prompt" holds .*a file/, advises: /option Images and Files/ },
	},
	'a file as the text': {
		...{ node: 'extract', parameters: { text: '={{ $binary.data }}' } },
		item: withFile('data', file('text/plain', 'a')),
		...{ says: /"Text" holds .*a file/, advises: /option Images and PDFs/ },
	},
	'no text': {
		...{ node: 'extract', parameters: { text: '' } },
		...{ says: /"Text" is required/, advises: IN_THE_FORM },
	},
	'a text that is empty for the item': {
		...{ node: 'extract', parameters: { text: '={{ $json.text }}' } },
		...{ says: /no text to extract from/, advises: /./ },
	},
	'messages that are not JSON': {
		parameters: { inputMode: 'json', messagesJson: '[{"role":' },
		...{ says: /Messages \(JSON\)/, advises: /./ },
	},
	'messages without a list': {
		parameters: { inputMode: 'json', messagesJson: '{"role":"user"}' },
		...{ says: /Messages \(JSON\)/, advises: /./ },
	},
	'rows without a word': {
		parameters: { inputMode: 'messages', messages: { values: [{ role: 'user', content: '' }] } },
		...{ says: /"Content" is required/, advises: IN_THE_FORM },
	},
	'rows that are empty for the item': {
		parameters: {
			inputMode: 'messages',
			messages: { values: [{ role: 'user', content: '={{ $json.text ?? "" }}' }] },
		},
		...{ says: /"Messages" is empty/, advises: /Type a text/ },
	},
	// The model and its parameters.
	'a misspelt model': {
		parameters: modelOf('claude-sonet-4-6'),
		reply: refuses(404, 'model not found'),
		...{ says: /does not exist/, advises: /Did you mean "claude-sonnet-4-6"\?/, asks: 1 },
	},
	'a model of OpenAI': {
		parameters: modelOf('gpt-4o'),
		reply: refuses(404, 'model not found'),
		...{ says: /does not exist/, advises: /"gpt-4o" is not in TokenHub's price list/, asks: 1 },
	},
	'no model': { parameters: modelOf(''), says: /"Model" is required/, advises: IN_THE_FORM },
	'Temperature and Top P': {
		options: { temperature: 0.5, topP: 0.5 },
		says: /temperature or topP, never both/,
		advises: /./,
	},
	'a Temperature of OpenAI': { options: { temperature: 1.5 }, says: /temperature/i, advises: /./ },
	'too many Stop Sequences': {
		options: { stop: ['a', 'b', 'c', 'd', 'e'] },
		says: /stop/i,
		advises: /./,
	},
	'no Maximum Number of Tokens': {
		parameters: { maxTokens: 0 },
		says: /max ?tokens/i,
		advises: /./,
	},
	'tools that are no list': { options: { tools: '{"a":1}' }, says: /Tools \(JSON\)/, advises: /./ },
	// Files.
	'a binary field that is not there': {
		options: { images: ['dta'] },
		item: withFile('data', file('image/png', '\x89PNG')),
		...{ says: /no binary field "dta"/, advises: /Did you mean "data"\? / },
	},
	'an item without files': {
		options: { images: ['data'] },
		...{ says: /no binary field "data"/, advises: /has no binary data/ },
	},
	'an office document as an image': {
		options: { images: ['data'] },
		item: withFile('data', file('application/msword', Buffer.from([0xd0, 0xcf, 0, 0xff]))),
		...{
			says: /application\/msword, neither an image, a PDF nor a text/,
			advises: /Extract from File/,
		},
	},
	'a picture of another kind': {
		options: { images: ['data'] },
		item: withFile('data', file('image/tiff', Buffer.from([0x49, 0x49, 0, 0xff]))),
		...{ says: /image\/tiff, not PNG, JPEG, GIF or WebP/, advises: /Edit Image/ },
	},
	'a scan': {
		...{ node: 'extract', parameters: { text: '' }, options: { images: ['data'] } },
		item: withFile('data', file('application/pdf', makePdf([[]]))),
		...{ says: /has no text layer/, advises: /pages as images/ },
	},
	// What is to be extracted.
	'no fields': {
		node: 'extract',
		...{ parameters: fields({ name: '' }), says: /"Name" is required/, advises: IN_THE_FORM },
	},
	'fields without a name for the item': {
		...{ node: 'extract', parameters: fields({ name: '={{ $json.name ?? "" }}' }) },
		...{ says: /Fields: name at least one/, advises: /./ },
	},
	'no labels': {
		node: 'extract',
		parameters: { schemaSource: 'labels', labels: { values: [{ name: '' }] } },
		...{ says: /"Name" is required/, advises: IN_THE_FORM },
	},
	'a field twice': {
		...{ node: 'extract', parameters: fields({ name: 'a' }, { name: 'a' }) },
		...{ says: /Fields: duplicate field "a"/, advises: /./ },
	},
	'a choice without choices': {
		...{ node: 'extract', parameters: fields({ name: 'a', type: 'enum' }) },
		...{ says: /Fields › a: the choice has no Choices/, advises: /./ },
	},
	'a schema that is not JSON': {
		...{ node: 'extract', parameters: schema('{"type": "object"') },
		...{ says: /JSON Schema/, advises: /./ },
	},
	'a type that is none': {
		...{ node: 'extract', parameters: schema('{"type": "objekt"}') },
		...{ says: /objekt/, advises: /./ },
	},
	'zod that does not end': {
		...{ node: 'extract', parameters: zod('z.object({ a: z.string()') },
		...{ says: /Zod Schema/, advises: /./ },
	},
	'zod with code': {
		...{ node: 'extract', parameters: zod('z.object({ a: z.string().refine((a) => a) })') },
		...{ says: /Zod Schema/, advises: /./ },
	},
	'an example that is not JSON': {
		...{ node: 'extract', parameters: { schemaSource: 'example', jsonExample: 'name: Ada' } },
		...{ says: /JSON Example/, advises: /./ },
	},
	// Tools.
	'a tool without an address': {
		...{ node: 'loop', parameters: tool({ type: 'httpRequest', url: '' }) },
		...{ says: /"URL" is required/, advises: IN_THE_FORM },
	},
	'a tool whose address is not a URL': {
		...{ node: 'loop', parameters: tool({ type: 'httpRequest', url: 'example.com/x' }) },
		...{ says: /find/, advises: /./ },
	},
	'a tool whose host the model would choose': {
		...{ node: 'loop', parameters: tool({ type: 'httpRequest', url: 'https://{query}/x' }) },
		...{ says: /find/, advises: /./ },
	},
	'a tool without a name': {
		...{ node: 'loop', parameters: tool({ name: '', type: 'manual' }) },
		...{ says: /"Name" is required/, advises: IN_THE_FORM },
	},
	'a tool without a workflow': {
		...{ node: 'loop', parameters: tool({ type: 'workflow', workflowId: '' }) },
		...{ says: /"Workflow" is required/, advises: IN_THE_FORM },
	},
	'a tool choice that is not a tool': {
		...{ node: 'loop', options: { toolChoice: 'search' } },
		...{ says: /"search", which is not a tool/, advises: /Choose auto, required/ },
	},
	'an output schema that is a list': {
		...{ node: 'loop', options: { outputSchema: '[]' } },
		...{ says: /Output Schema \(JSON\)/, advises: /./ },
	},
	// What the endpoint says, and limits.
	'a request that is refused': {
		reply: refuses(400, 'stop: too short'),
		...{ says: /stop: too short/, advises: /Correct the request/, asks: 1 },
	},
	'a prompt that is too long': {
		reply: refuses(400, 'prompt is too long: 250000 tokens > 200000 maximum'),
		...{ says: /too long/, advises: /Shorten the prompt/, asks: 1 },
	},
	'too much at once': {
		...{ reply: refuses(429, 'slow down'), options: { maxRetries: 0 } },
		...{ says: /slow down/, advises: /Lower Concurrency or raise Max Retries/, asks: 1 },
	},
	'a budget without a price': {
		parameters: modelOf('claude-next'),
		options: { maxCostUsd: 1 },
		...{ says: /price/i, advises: /./ },
	},
};

test('there are enough of them', () => {
	expect(Object.keys(MISTAKES).length).toBeGreaterThanOrEqual(40);
});

test.each(Object.entries(MISTAKES))('%s', async (_name, mistake) => {
	const { node = 'chat', parameters, options = {}, reply = { text: 'Hi' } } = mistake;
	const { account = 'active', access, withoutCredential, item = { json: {} } } = mistake;
	const gateway = await startGateway({ keys: { [KEY]: account }, script: () => reply });
	const reader = openReader();
	const baseUrl = access?.baseUrl === 'https' ? gateway.url.replace('http:', 'https:') : undefined;
	const credential = { apiKey: KEY, baseUrl: gateway.url, ...access, ...(baseUrl && { baseUrl }) };
	const ran = await runNode(credential, {
		type: TYPES[node],
		parameters: {
			model: { __rl: true, mode: 'id', value: 'anthropic/claude-haiku-4-5' },
			...{ prompt: 'Hello', text: 'Ada', maxTokens: 64, ...fields({ name: 'a' }), ...parameters },
			options: { maxRetries: 0, ...options },
		},
		...{ input: [item], onChunk: reader.onChunk },
		node: { typeVersion: 2, ...(withoutCredential ? { credentials: {} } : {}) },
	});
	await gateway.close();
	const { message = '', description = '' } = ran.error ?? {};
	expect(gateway.requests).toHaveLength(mistake.asks ?? 0);
	expect(message).toMatch(mistake.says);
	if (mistake.advises === IN_THE_FORM) return expect(description).toBe('');
	const [inChat] = reader.chunks.filter(({ type }) => type === 'error');
	expect(inChat?.content).toBe(description);
	const [what = '', ...advice] = description.split('\n\n');
	expect(what).not.toBe('');
	expect(advice.join('\n\n')).toMatch(mistake.advises);
});
