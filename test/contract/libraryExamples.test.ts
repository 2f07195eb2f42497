import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(__dirname, '../..');
const execute = promisify(execFile);

/** What each example prints on the embedded endpoint, by the command that the README names. */
const printed: Record<string, RegExp> = {
	firstMessage: /tokens, 0\.0\d+ USD\n(.|\n)+\nstop\n/,
	toolLoop: /find_order \{ orderId: 'A-1042' \} \{ status: 'shipped'(.|\n)+answered, 0\.0\d+ USD/,
	survivesCrash: /the power is out\n(.|\n)+shipped(.|\n)+2 requests in total/,
	longResult: /kept as "r1"(.|\n)+the result has 123389 characters, the preview 9\d\d/,
	longConversation: /48 messages of 1\d{5} characters(.|\n)+older turns were summarized/,
	tracedLoop:
		/invoke_agent\n {2}chat anthropic\/claude-sonnet-4-6, 0\.0\d+ USD\n {2}execute_tool find_order\n {2}chat/,
	extractInvoice:
		/total: 448, currency: 'EUR' \}\nevidence for the total: 448\.00\n1 request, 0\.0\d+ USD/,
};

test('each example is run', () => {
	const files = readdirSync(resolve(ROOT, 'examples/library'));
	expect(files.map((name) => name.replace('.mts', '')).sort()).toEqual(Object.keys(printed).sort());
});

const { TOKENHUB_API_KEY: _key, ...env } = process.env;

describe('npm run example', () => {
	// Builds all of them.
	test('without a name says the names', async () => {
		const said = await execute('npm', ['run', '--silent', 'example'], { cwd: ROOT, env }).then(
			() => 'nothing',
			({ code, stderr }: { code: number; stderr: string }) => ({ code, stderr }),
		);
		const names = Object.keys(printed).sort().join(', ');
		expect(said).toEqual({ code: 2, stderr: `Name one of the examples: ${names}.\n` });
	}, 120_000);

	test.each(Object.entries(printed))(
		'%s',
		async (name, words) => {
			// What `npm run example` starts when all are built.
			const command = ['build/example/demo/example.mjs', name];
			const { stdout } = await execute(process.execPath, command, { cwd: ROOT, env });
			expect(stdout).toMatch(words);
			expect(stdout).toContain('the embedded endpoint');
		},
		120_000,
	);
});
