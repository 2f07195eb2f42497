import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod/v4';
import { runCommand } from '../../server/runCommand';
import { PACKED, ROOT } from './packed';

const findingsSchema = z.array(
	z.object({ file: z.string(), line: z.number(), rule: z.string(), message: z.string() }),
);
type Finding = z.output<typeof findingsSchema>[number];

async function scan(folder: string, what: 'source' | 'package'): Promise<Finding[]> {
	const script = join(__dirname, 'scan.mjs');
	// In a test run some of the rules take all files for their own fixtures.
	const env = { PATH: process.env.PATH };
	const output = await runCommand([process.execPath, script, folder, what], { cwd: ROOT, env });
	return findingsSchema.parse(JSON.parse(output));
}

/** What a finding is about: the name in the message, or the rule. */
function subject({ rule, message }: Finding): string {
	if (rule === 'no-console') return 'console';
	return /'([^']+)' is not allowed/.exec(message)?.[1] ?? rule;
}

/** The package or the source file that a line of the bundle came from: esbuild names it above. */
function origin({ file, line }: Finding): string {
	if (file !== join(PACKED, 'dist', 'engine.js')) return relative(ROOT, file);
	const lines = readFileSync(file, 'utf8').split('\n').slice(0, line);
	const named = lines.findLast((text) =>
		/^\s*\/\/ (node_modules|core|nodes|credentials)\//.test(text),
	);
	const source = named?.replace(/^\s*\/\/ /, '') ?? file;
	return /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? source;
}

test.each([
	['the sources', 'source', ROOT],
	['the package', 'package', PACKED],
] as const)('%s: n8n finds nothing', async (_name, what, folder) => {
	const found = await scan(folder, what);
	expect(found.map((finding) => `${origin(finding)}: ${subject(finding)}`)).toEqual([]);
});
