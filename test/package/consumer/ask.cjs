const { chat, createClient, TokenHubError } = require('n8n-nodes-tokenhub');

const client = createClient({ apiKey: 'th-demo-key', baseUrl: process.argv[2] });
chat(client, { messages: [{ role: 'user', content: 'Hello' }] }).then(({ text, costUsd }) =>
	console.log(
		JSON.stringify({ text, costUsd, isClass: new TokenHubError('auth', 'x') instanceof Error }),
	),
);
