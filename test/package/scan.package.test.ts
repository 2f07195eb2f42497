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
	const path = relative(PACKED, file);
	if (path !== join('dist', 'engine.js')) return path;
	const lines = readFileSync(file, 'utf8').split('\n').slice(0, line);
	const named = lines.findLast((text) =>
		/^\s*\/\/ (node_modules|core|nodes|credentials)\//.test(text),
	);
	const source = named?.replace(/^\s*\/\/ /, '') ?? path;
	return /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? source;
}

/** Rows of the page under a heading: who, and what. */
function listed(heading: string): string[] {
	const page = readFileSync(join(ROOT, 'docs', 'verification.md'), 'utf8');
	const [, section = ''] = page.split(`## ${heading}\n`);
	const rows = section.split('\n## ')[0]?.matchAll(/^\| `([^|]+)` +\| (.+?) +\| \S.* \|$/gm) ?? [];
	return [...rows].flatMap(([, who, what = '']) =>
		[...what.matchAll(/`([^`]+)`/g)].map(([, name]) => `${who}: ${name}`),
	);
}

const distinct = (names: string[]) => [...new Set(names)].sort();

test('the sources: nothing', async () => {
	const found = await scan(ROOT, 'source');
	const names = found.map((finding) => `${relative(ROOT, finding.file)}: ${subject(finding)}`);
	expect(distinct(names)).toEqual([]);
});

test('the package: each finding is on the page, with its reason', async () => {
	const found = await scan(PACKED, 'package');
	const names = found.map((finding) => `${origin(finding)}: ${subject(finding)}`);
	expect(distinct(names)).toEqual(distinct(listed('The package')));
});
