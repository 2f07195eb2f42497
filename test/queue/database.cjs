// Runs one statement on Postgres by the client that n8n's own installation brings: that folder and
// the statement are the arguments. The URL is in SERVICE_URL, as it may hold a password.
const { createRequire } = require('node:module');
const { join } = require('node:path');

const [folder, statement] = process.argv.slice(2);
const { Client } = createRequire(join(folder, 'package.json'))('pg');

async function main() {
	const client = new Client({ connectionString: process.env.SERVICE_URL });
	await client.connect();
	await client.query(statement);
	await client.end();
}
main();
