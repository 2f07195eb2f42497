import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openEndpoint } from './openEndpoint';

/** Where the `example` script of package.json puts the compiled examples. */
const FOLDER = join('build', 'example', 'examples', 'library');

/** Runs one of examples/library: on TokenHub if a key is set, otherwise on the embedded endpoint. */
async function main(name = ''): Promise<number> {
	const file = join(FOLDER, `${name}.mjs`);
	if (!existsSync(file)) {
		const names = readdirSync(FOLDER).map((known) => known.replace('.mjs', ''));
		process.stderr.write(`Name one of the examples: ${names.join(', ')}.\n`);
		return 2;
	}
	const endpoint = await openEndpoint(process.env);
	const env = {
		...process.env,
		TOKENHUB_API_KEY: endpoint.apiKey,
		TOKENHUB_BASE_URL: endpoint.url,
	};
	const script = spawn(process.execPath, [file], { env, stdio: 'inherit' });
	await once(script, 'exit');
	await endpoint.close();
	process.stdout.write(`\n${endpoint.said}\n`);
	return script.exitCode === 0 ? 0 : 1;
}

void main(process.argv[2]).then((code) => (process.exitCode = code));
