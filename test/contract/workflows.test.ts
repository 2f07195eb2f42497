import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FOLDER = resolve(__dirname, '../../.github/workflows');
const files = readdirSync(FOLDER);
const read = (name: string) => readFileSync(join(FOLDER, name), 'utf8');

/** The jobs of a workflow, each as its own lines: what is indented below its name. */
function jobsOf(text: string): Array<[name: string, lines: string]> {
	const [, jobs = ''] = text.split(/^jobs:\n/m);
	const parts = jobs.split(/^ {2}(?=[\w-]+:\n)/m).filter((part) => part.trim() !== '');
	return parts.map((part) => [part.split(':')[0] ?? '', part]);
}

const jobs = files.flatMap((file) =>
	jobsOf(read(file)).map(([name, lines]) => [file, name, lines]),
);
const stepsOf = (lines = '') => lines.split(/^ {6}- /m).slice(1);

test('there are jobs to be judged', () => {
	expect(jobs.map(([file, name]) => `${file} ${name}`)).toEqual(
		expect.arrayContaining(['check.yml check', 'release.yml publish']),
	);
});

test.each(files)('%s: every action is pinned by its commit, with its version beside it', (file) => {
	const uses = [...read(file).matchAll(/\buses: *(.+)$/gm)].map(([, value = '']) => value);
	expect(uses.length).toBeGreaterThan(0);
	for (const value of uses) {
		if (value.startsWith('./')) expect(existsSync(resolve(FOLDER, '../..', value))).toBe(true);
		else expect(value).toMatch(/^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
	}
});

test('an action has one version everywhere', () => {
	const pins = files.flatMap((file) => [...read(file).matchAll(/uses: ([^.@]+)@(.+)$/gm)]);
	const versions = new Map<string, Set<string>>();
	for (const [, name = '', pin = ''] of pins) {
		versions.set(name, (versions.get(name) ?? new Set()).add(pin));
	}
	for (const [name, seen] of versions) expect([name, seen.size]).toEqual([name, 1]);
});

test.each(files)('%s: nothing is permitted but what a job asks for', (file) => {
	expect(read(file)).toMatch(/^permissions: \{\}$/m);
	expect(read(file)).not.toMatch(/pull_request_target|workflow_run|write-all|read-all/);
});

test.each(jobs)('%s %s: names its permissions, and keeps no credentials', (_file, _name, lines) => {
	expect(lines).toMatch(/^ {4}permissions:\n {6}\S/m);
	for (const step of stepsOf(lines).filter((one) => one.includes('actions/checkout@'))) {
		expect(step).toMatch(/persist-credentials: false/);
	}
});

test('who may publish runs no code of others, in a protected environment', () => {
	const publishers = jobs.filter(([, , lines]) => lines?.includes('id-token: write'));
	expect(publishers.map(([, name]) => name)).toEqual(['publish']);
	for (const [, , lines = ''] of publishers) {
		expect(lines).toMatch(/^ {4}environment: \S+/m);
		expect(lines).not.toMatch(
			/\bnpm (?:ci|i|install|run|exec|test)\b|\bnpx\b|actions\/checkout@|secrets\./,
		);
		expect(lines).not.toMatch(/contents: write|pull-requests: write/);
		expect(lines).toContain('actions/download-artifact@');
		const publishing = [...lines.matchAll(/npm publish.*$/gm)].map(([line]) => line);
		expect(publishing.length).toBeGreaterThan(0);
		for (const line of publishing) expect(line).toMatch(/--provenance.*--ignore-scripts/);
	}
});

test.each(jobs)('%s %s: what may write installs without scripts', (_file, _name, lines = '') => {
	if (!/: write\b/.test(lines)) return;
	for (const [line] of lines.matchAll(/npm (?:ci|i|install)\b.*$/gm)) {
		expect(line).toContain('--ignore-scripts');
	}
});

test.each(jobs)('%s %s: no text from outside is put into a script', (_file, _name, lines = '') => {
	const scripts = stepsOf(lines).filter((step) => /\brun:/.test(step));
	for (const step of scripts) {
		const [, script = ''] = step.split(/\brun:/);
		expect(script).not.toMatch(/\$\{\{/);
	}
});
