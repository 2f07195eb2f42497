import {
	file,
	IN_THE_FORM,
	type Mistake,
	modelOf,
	refuses,
	tool,
	withFile,
	zod,
} from './mistakeOf';
import { MISTAKES_OF_EXTRACTION } from './mistakesOfExtraction';

export const MISTAKES: Record<string, Mistake> = {
	// The credential.
	'no credential': {
		credentials: {},
		says: /^The node has no TokenHub credential\.$/,
		advises: /Choose or create a TokenHub credential/,
	},
	'an empty key': {
		access: { apiKey: '' },
		says: /^TokenHub credential: the API key is empty$/,
		advises: /Open the TokenHub credential/,
	},
	'a key of OpenAI': {
		access: { apiKey: 'sk-1234567' },
		says: /^TokenHub credential: a TokenHub API key starts with "th-"$/,
		advises: /Open the TokenHub credential/,
	},
	'a key with a line break': {
		access: { apiKey: 'th-12 34' },
		says: /^TokenHub credential: .*a space or a line break: paste it again$/,
		advises: /Open the TokenHub credential/,
	},
	'a key with the name of its variable': {
		access: { apiKey: 'TOKENHUB_API_KEY=th-12345678' },
		says: /^TokenHub credential: a TokenHub API key starts with "th-"$/,
		advises: /Open the TokenHub credential/,
	},
	'an address without https://': {
		access: { baseUrl: 'tokenhub.store/api/v1' },
		says: /^TokenHub credential: Invalid Base URL "tokenhub\.store": start it with https:\/\//,
		advises: /Open the TokenHub credential/,
	},
	'an address without http:// and with a port': {
		access: { baseUrl: 'localhost:4010/api/v1' },
		...{
			says: /start it with https:\/\/ \(or http:\/\/\)/,
			advises: /Open the TokenHub credential/,
		},
	},
	'a credential of OpenAI': {
		credentials: { openAiApi: { id: '1', name: 'OpenAI' } },
		says: /^The node has no TokenHub credential\.$/,
		advises: /Choose or create a TokenHub credential/,
	},
	'a key that was revoked': {
		access: { apiKey: 'th-revoked-key' },
		...{ says: /key/i, advises: /Check the API key in the TokenHub credential/, asks: 1 },
	},
	'an address of OpenAI': {
		access: { baseUrl: 'https://api.openai.com/v1' },
		says: /Invalid Base URL "https:\/\/api\.openai\.com": it belongs to another provider/,
		advises: /the Base URL is https:\/\/tokenhub\.store\/api\/v1/,
	},
	'a key that is masked': {
		access: { apiKey: 'th-abc•••••' },
		...{ says: /contains a character that no key has/, advises: /Open the TokenHub credential/ },
	},
	'no address': {
		access: { baseUrl: 'tokenhub' },
		says: /^TokenHub credential: Invalid Base URL: it is not a URL\.$/,
		advises: /Open the TokenHub credential/,
	},
	'an address of a file': {
		access: { baseUrl: 'ftp://tokenhub.store' },
		says: /Base URL "ftp:\/\/tokenhub\.store": it is not http\(s\)/,
		advises: /the Base URL is https:\/\/tokenhub\.store\/api\/v1/,
	},
	'https where http is spoken': {
		access: { baseUrl: 'https' },
		...{ says: /it does not answer over HTTPS/, advises: /start the Base URL with http:\/\// },
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
		says: /^Prompt must be a text, but is a list\.$/,
		advises: /its expression, so that it returns a text: .*JSON\.stringify/,
	},
	'a prompt that is an object': {
		parameters: { prompt: '={{ $json }}' },
		says: /^Prompt must be a text, but is an object\.$/,
		advises: /JSON\.stringify/,
	},
	'a prompt whose field does not exist': {
		parameters: { prompt: '={{ $json.qestion }}' },
		item: { json: { question: 'Why?' } },
		...{ says: /"Prompt" is empty/, advises: /use a field that is not empty for this item/ },
	},
	'an object among the words of a prompt': {
		parameters: { prompt: '=Sum up: {{ $json["order"] }}' },
		item: { json: { order: { id: 1 } } },
		says: /^The field "Prompt" contains \{\{ \$json\["order"\] \}\}, which is an object, not text\.$/,
		advises: /Write \{\{ JSON\.stringify\(\$json\["order"\]\) \}\}/,
	},
	'a list of objects in a system message': {
		...{ node: 'loop', parameters: { systemMessage: '=Orders: {{ $json.orders }}' } },
		item: { json: { orders: [{ id: 1 }] } },
		...{ says: /"System Message" contains \{\{ \$json\.orders \}\}/, advises: /JSON\.stringify/ },
	},
	'an object among the words of a text': {
		...{ node: 'extract', parameters: { text: '=From: {{ $json.from }}' } },
		item: { json: { from: { name: 'Ada' } } },
		...{ says: /"Text" contains \{\{ \$json\.from \}\}/, advises: /or name a field inside it/ },
	},
	'an expression with another node': {
		parameters: { prompt: "={{ $('Nope').item.json.a }}" },
		...{ says: /^Prompt: Referenced node doesn't exist\.$/, advises: /correct Prompt/ },
	},
	'an expression with a node that has not run': {
		parameters: { prompt: "={{ $('Back').item.json.a }}" },
		back: (items) => items,
		says: /^Prompt: Node 'Back' hasn't been executed\.$/,
		advises: /can only read nodes that run before this one/,
	},
	'a whole item among the words of a prompt': {
		parameters: { prompt: '=Sum up {{ $json }}' },
		...{ says: /"Prompt" contains \[object Object\]/, advises: /JSON\.stringify/ },
	},
	'all items among the words of a prompt': {
		parameters: { prompt: '=Sum up {{ $input.all() }}' },
		...{ says: /"Prompt" contains \[object Object\]/, advises: /JSON\.stringify/ },
	},
	'an object put together with words': {
		parameters: { prompt: '={{ "Sum up " + $json.order }}' },
		item: { json: { order: { id: 1 } } },
		...{ says: /"Prompt" contains \[object Object\]/, advises: /JSON\.stringify/ },
	},
	'an object in a row of messages': {
		parameters: {
			inputMode: 'messages',
			messages: { values: [{ role: 'user', content: '=Order: {{ $json.order }}' }] },
		},
		item: { json: { order: { id: 1 } } },
		says: /"Messages › 1 › Content" contains \{\{ \$json\.order \}\}, which is an object/,
		advises: /JSON\.stringify\(\$json\.order\)/,
	},
	'an object in the instructions': {
		node: 'extract',
		parameters: { instructions: '=Only of {{ $json.who }}' },
		item: { json: { who: { name: 'Ada' } } },
		...{ says: /"Instructions" contains \{\{ \$json\.who \}\}/, advises: /JSON\.stringify/ },
	},
	'an expression that is cut': {
		...{ node: 'loop', options: { outputSchema: '={{ $json.a. }}' } },
		...{ says: /^Output Schema \(JSON\): invalid syntax\.$/, advises: /Output Schema/ },
	},
	'a file as the prompt': {
		parameters: { prompt: '=Read {{ $binary.data }}' },
		item: withFile('data', file('text/plain', 'a')),
		...{ says: /"Prompt" contains .*a file/, advises: /option Images and Files/ },
	},
	'a file as the text': {
		...{ node: 'extract', parameters: { text: '={{ $binary.data }}' } },
		item: withFile('data', file('text/plain', 'a')),
		...{ says: /"Text" contains .*a file/, advises: /option Images and PDFs/ },
	},
	'no text': {
		...{ node: 'extract', parameters: { text: '' } },
		...{ says: /"Text" is required/, advises: IN_THE_FORM },
	},
	'a text that is empty for the item': {
		...{ node: 'extract', parameters: { text: '={{ $json.text }}' } },
		...{
			says: /no text to extract from/,
			advises: /Map the field that contains the text, or provide an image/,
		},
	},
	'messages that are not JSON': {
		parameters: { inputMode: 'json', messagesJson: '[{"role":' },
		...{
			says: /^Messages \(JSON\) is not valid JSON: /,
			advises: /Names and texts need double quotes/,
		},
	},
	'messages without a list': {
		parameters: { inputMode: 'json', messagesJson: '{"role":"user"}' },
		...{
			says: /^Messages \(JSON\) must be a list, but is an object\.$/,
			advises: /so that it returns a list/,
		},
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
	'a model of a field that does not exist': {
		parameters: modelOf('={{ $json.model }}'),
		says: /^Model must be a text, but is empty\.$/,
		advises: /its expression, so that it returns a text\.$/,
	},
	'no model': { parameters: modelOf(''), says: /"Model" is required/, advises: IN_THE_FORM },
	'Temperature and Top P': {
		options: { temperature: 0.5, topP: 0.5 },
		says: /^Top P: set Sampling Temperature or Top P, never both\.$/,
		advises: /Open the node and correct Top P/,
	},
	'a Temperature of OpenAI': {
		options: { temperature: 1.5 },
		says: /^Sampling Temperature must be between 0 and 1\.$/,
		advises: /Open the node and correct Sampling Temperature/,
	},
	'a Temperature with a comma': {
		options: { temperature: '={{ "0,7" }}' },
		...{ says: /^Sampling Temperature must be a number, but is a text\.$/, advises: /a number/ },
	},
	'a number of tokens that is not there': {
		parameters: { maxTokens: '={{ $json.max }}' },
		says: /^Maximum Number of Tokens must be a number, but is empty\.$/,
		advises: /so that it returns a number/,
	},
	'a date where a number is asked for': {
		parameters: { maxTokens: '={{ $now }}' },
		says: /^Maximum Number of Tokens must be a number, but is a date\.$/,
		advises: /so that it returns a number/,
	},
	'a calculation with a text': {
		parameters: { maxTokens: '={{ Number("x") }}' },
		says: /^Maximum Number of Tokens must be a number, but is not one\.$/,
		advises: /so that it returns a number/,
	},
	'a Timeout of nothing': {
		options: { timeoutSeconds: 0 },
		says: /^Timeout \(Seconds\) must be more than 0\.$/,
		advises: /correct Timeout \(Seconds\)/,
	},
	'a negative limit': {
		options: { requestsPerMinute: -1 },
		says: /^Requests per Minute must be at least 0\.$/,
		advises: /correct Requests per Minute/,
	},
	'a small Chunk Size': {
		...{ node: 'extract', options: { chunkSize: 50 } },
		says: /^Chunk Size: a chunk has at least 200 characters\.$/,
		advises: /correct Chunk Size/,
	},
	'two prices of a model': {
		options: {
			prices: { values: [1, 2].map((usd) => ({ model: 'a', inputUsd: usd, outputUsd: usd })) },
		},
		...{ says: /^Prices: a model is named twice/, advises: /correct Prices/ },
	},
	'no Concurrency': {
		options: { concurrency: 0 },
		...{ says: /^Concurrency must be at least 1\.$/, advises: /correct Concurrency/ },
	},
	'too many retries': {
		options: { maxRetries: 1000 },
		...{ says: /^Max Retries must be at most 20\.$/, advises: /correct Max Retries/ },
	},
	'too many Stop Sequences': {
		options: { stop: ['a', 'b', 'c', 'd', 'e'] },
		says: /^Stop Sequences: at most 4 stop sequences\.$/,
		advises: /Open the node and correct Stop Sequences/,
	},
	'no Maximum Number of Tokens': {
		parameters: { maxTokens: 0 },
		says: /^Maximum Number of Tokens must be at least 1\.$/,
		advises: /Open the node and correct Maximum Number of Tokens/,
	},
	'tools that are no list': {
		options: { tools: '{"a":1}' },
		says: /^Tools \(JSON\) must be a list, but is an object\.$/,
		advises: /so that it returns a list/,
	},
	...MISTAKES_OF_EXTRACTION,
	// Tools.
	'a tool without an address': {
		...{ node: 'loop', parameters: tool({ type: 'httpRequest', url: '' }) },
		...{ says: /"URL" is required/, advises: IN_THE_FORM },
	},
	'a tool whose address is not a URL': {
		...{ node: 'loop', parameters: tool({ type: 'httpRequest', url: 'example.com/x' }) },
		...{
			says: /^Tool "find": "example\.com\/x" is not a URL with a fixed host/,
			advises: /Start with https:\/\/ and a host/,
		},
	},
	'a tool whose host the model would choose': {
		...{ node: 'loop', parameters: tool({ type: 'httpRequest', url: 'https://{query}/x' }) },
		...{
			says: /^Tool "find": .* is not a URL with a fixed host/,
			advises: /allowed only in the path and the query/,
		},
	},
	'a tool whose address has another argument': {
		...{ node: 'loop', parameters: tool({ type: 'httpRequest', url: 'https://example.com/{id}' }) },
		says: /^Tool "find": its URL contains \{id\}, which is not one of its parameters\.$/,
		advises: /Its parameters are: query\. Add id/,
	},
	'headers of a tool as a list': {
		...{ node: 'loop', parameters: tool({ url: 'https://example.com', headers: '[]' }) },
		says: /^Headers of tool "find" \(JSON\) must be an object, but is a list\.$/,
		advises: /so that it returns an object/,
	},
	'a tool that has to be called, and none': {
		...{ node: 'loop', options: { toolChoice: 'required' } },
		...{ says: /^Tool choice is required, but there is no tool\.$/, advises: /add one/ },
	},
	'headers of a tool with a trailing comma': {
		...{ node: 'loop', parameters: tool({ url: 'https://example.com', headers: '{"a": 1,}' }) },
		...{ says: /^Headers \(JSON\) of tool "find" is not valid JSON/, advises: /no comma/ },
	},
	'arguments of a tool with a trailing comma': {
		node: 'loop',
		parameters: tool({
			...{ type: 'manual', schemaSource: 'jsonSchema', jsonSchema: '{"type": "object",}' },
		}),
		says: /^JSON Schema Parameters of tool "find" is not valid JSON/,
		advises: /no comma/,
	},
	'two tools of one name': {
		node: 'loop',
		parameters: {
			tools: {
				values: [1, 2].map(() => ({ name: 'find', type: 'manual', ...zod('z.object({})') })),
			},
		},
		...{ says: /^Two tools are named "find": rename one of them\.$/, advises: /./ },
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
		...{
			says: /"search", which is not a tool/,
			advises: /There are no tools: add one, or choose auto/,
		},
	},
	'an output schema that is an example': {
		...{ node: 'loop', options: { outputSchema: '{"name":"Ada"}' } },
		says: /^Output Schema \(JSON\) is not a JSON Schema: no keyword of JSON Schema is in it\.$/,
		advises: /Correct the field/,
	},
	'a state that is none': {
		...{ node: 'loop', options: { resumeFrom: '{"a":1}' } },
		...{ says: /^Resume From \(JSON\) › version must be 1\.$/, advises: /correct Resume From/ },
	},
	'no messages at all': {
		parameters: { inputMode: 'json', messagesJson: '[]' },
		...{ says: /^Messages \(JSON\) must have at least 1 entry\.$/, advises: /Messages \(JSON\)/ },
	},
	'tools of Anthropic': {
		options: { tools: '[{"name":"f","input_schema":{"type":"object"}}]' },
		...{ says: /^Tools \(JSON\) › 1 › type must be "function"\.$/, advises: /Tools \(JSON\)/ },
	},
	'an output schema that is a list': {
		...{ node: 'loop', options: { outputSchema: '[]' } },
		...{
			says: /"Output Schema \(JSON\)" must be an object/,
			advises: /Write a JSON Schema, such as \{ "type": "object"/,
		},
	},
	// What the endpoint says, and limits.
	'a request that is refused': {
		reply: refuses(400, 'stop: too short'),
		...{ says: /stop: too short/, advises: /Correct the request/, asks: 1 },
	},
	'an address that takes no requests': {
		reply: refuses(405, 'Method Not Allowed'),
		...{ says: /Method Not Allowed/, advises: /Check the Base URL/, asks: 1 },
	},
	'files that are too large for the server': {
		reply: refuses(413, 'Request Entity Too Large'),
		...{ says: /Too Large/, advises: /fewer or smaller files/, asks: 1 },
	},
	'a prompt that is too long': {
		reply: refuses(400, 'prompt is too long: 250000 tokens > 200000 maximum'),
		...{ says: /too long/, advises: /Shorten the prompt/, asks: 1 },
	},
	'too much at once': {
		...{ reply: refuses(429, 'slow down'), options: { maxRetries: 0 } },
		...{ says: /slow down/, advises: /Lower Concurrency or raise Max Retries/, asks: 1 },
	},
	'a budget that is used up': {
		...{ items: 2, options: { maxCostUsd: 0.000001, concurrency: 1 }, asks: 1 },
		...{
			says: /^Max Cost is reached: the run has spent 0\.0000\d+ of 0\.000001 USD/,
			advises: /Raise Max Cost/,
		},
	},
	'an example of several that is one': {
		node: 'extract',
		parameters: { schemaSource: 'example', jsonExample: '{"a":1}', severalExamples: true },
		...{ says: /"JSON Example" must be a list/, advises: /Put the results between \[ and \]/ },
	},
	'two ways to end': {
		...{ node: 'loop', options: { stopAfterTool: 'find', outputSchema: '{"type":"object"}' } },
		...{ says: /Stop After Tool and Output Schema/, advises: /Remove one of the two options/ },
	},
	'a role that is none': {
		parameters: { inputMode: 'json', messagesJson: '[{"role":"bot","content":"a"}]' },
		...{ says: /^Messages \(JSON\) › 1 › role: /, advises: /Open the node and correct/ },
	},
	'a budget without a price': {
		parameters: modelOf('claude-next'),
		options: { maxCostUsd: 1 },
		...{
			says: /^Max Cost cannot be applied: "claude-next" has no known price/,
			advises: /Give its price per million tokens under Prices/,
		},
	},
};
