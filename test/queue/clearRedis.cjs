// Removes the keys of one prefix from Redis by the client that n8n's own installation brings: that
// folder and the prefix are the arguments. Without a prefix it only asks for a sign of life. The URL
// is in SERVICE_URL, as it may hold a password.
const { createRequire } = require('node:module');
const { join } = require('node:path');

const [folder, prefix] = process.argv.slice(2);
const Redis = createRequire(join(folder, 'package.json'))('ioredis');

async function main() {
	const redis = new Redis(process.env.SERVICE_URL, { maxRetriesPerRequest: 1 });
	await redis.ping();
	if (prefix) {
		for await (const keys of redis.scanStream({ match: `*${prefix}*`, count: 1000 })) {
			if (keys.length > 0) await redis.del(keys);
		}
	}
	await redis.quit();
}
main();
