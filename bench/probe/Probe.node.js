const { Agent, request } = require('node:http');

/** Sends only the requests, with the given concurrency: shows what n8n itself allows. */
const send = {
	fetch: () => async (url, init) => await (await fetch(url, init)).json(),
	keepAlive(concurrency) {
		const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
		return (url, { body, headers, method }) =>
			new Promise((resolve, reject) => {
				const sent = request(url, { method, agent, headers }, (answer) => {
					let text = '';
					answer.setEncoding('utf8').on('data', (piece) => (text += piece));
					answer.on('end', () => resolve(JSON.parse(text))).on('error', reject);
				});
				sent.on('error', reject).end(body);
			});
	},
};

class Probe {
	description = {
		displayName: 'Probe',
		name: 'probe',
		group: ['transform'],
		version: 1,
		description: 'The floor of the benchmark',
		defaults: { name: 'Probe' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [
			{ displayName: 'Text', name: 'text', type: 'string', default: '' },
			{ displayName: 'URL', name: 'url', type: 'string', default: '' },
			{ displayName: 'Way', name: 'way', type: 'string', default: 'fetch' },
			{ displayName: 'Concurrency', name: 'concurrency', type: 'number', default: 32 },
		],
	};

	async execute() {
		const items = this.getInputData();
		const concurrency = this.getNodeParameter('concurrency', 0);
		const url = this.getNodeParameter('url', 0);
		const ask = send[this.getNodeParameter('way', 0)](concurrency);
		const headers = { 'content-type': 'application/json', authorization: 'Bearer th-demo-key' };
		const output = [];
		const queue = items.entries();
		const work = async () => {
			for (const [item, { json }] of queue) {
				const content = this.getNodeParameter('text', item) || json.text;
				const messages = [{ role: 'user', content }];
				const model = 'anthropic/claude-sonnet-4-6';
				const body = JSON.stringify({ model, messages, max_tokens: 1024 });
				const answer = await ask(url, { method: 'POST', headers, body });
				output[item] = { json: { text: answer.choices[0].message.content }, pairedItem: { item } };
			}
		};
		await Promise.all(Array.from({ length: concurrency }, work));
		return [output];
	}
}

module.exports = { Probe };
