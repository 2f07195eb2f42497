import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');

/** Lists that make no promises. */
const WITHOUT_PROMISES = ['What is protected', 'Reporting'];

const sections = page.split(/^## /m).slice(1);
const promises = sections
	.filter((section) => !WITHOUT_PROMISES.includes(section.split('\n')[0] ?? ''))
	.flatMap((section) => section.split(/^- /m).slice(1))
	.map((item) => item.split(/\n\n/)[0] ?? '');
/** A test's file, and the names that stand behind it in the same brackets. */
const references = [...page.matchAll(/\(`(test\/[\w./]+\.test\.ts)`, ([^()]+)\)/g)].flatMap(
	([, file = '', names = '']) =>
		[...names.matchAll(/_(.+?)_(?=$|,| and )/g)].map(([, name = '']): [string, string] => [
			file,
			name,
		]),
);

const escaped = (text: string) => text.replace(/[^\w\s]/g, '\\$&');

test('there are promises', () => {
	expect(promises.length).toBeGreaterThan(15);
	expect(references.length).toBeGreaterThanOrEqual(promises.length);
});

test.each(promises)('names a test: %s', (promise) => {
	expect(promise).toMatch(/\(`test\/[\w./]+\.test\.ts`, _.+_\)/);
});

test.each(references)('%s has the test "%s"', (file, name) => {
	expect(existsSync(join(ROOT, file))).toBe(true);
	const source = readFileSync(join(ROOT, file), 'utf8');
	// Titles are followed by the function that tests.
	const title = new RegExp(`['"\`].*${escaped(name)}.*['"\`],`);
	expect([file, source.replace(/\\(['"`])/g, '$1')]).toEqual([file, expect.stringMatching(title)]);
});
