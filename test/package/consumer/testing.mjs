import { chat, createClient } from 'n8n-nodes-tokenhub';
import { startGateway } from 'n8n-nodes-tokenhub/testing';

const gateway = await startGateway({ script: [{ text: 'Aare' }] });
const request = { messages: [{ role: 'user', content: 'A river?' }] };
const record = 'import.jsonl';
const client = createClient({ apiKey: 'th-demo-key', baseUrl: gateway.url, record });
const { text: recorded } = await chat(client, request);
await gateway.close();
const { text: replayed } = await chat(createClient({ replay: record }), request);
console.log(JSON.stringify({ recorded, replayed, requests: gateway.requests.length }));
