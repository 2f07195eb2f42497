import { createClient, extract, pdfText } from 'n8n-nodes-tokenhub';
import { readFile } from 'node:fs/promises';

const [url, pdf] = process.argv.slice(2);
const client = createClient({ apiKey: 'th-demo-key', baseUrl: url });
const schema = { type: 'object', properties: { total: { type: 'number' } }, required: ['total'] };
const { output } = await extract(client, { text: 'Total: 448.00 EUR', schema });
console.log(JSON.stringify({ output, pdf: (await pdfText(await readFile(pdf))).length > 0 }));
