import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { schemaCheck } from '../../core/schema/schemaCheck';
import { isRecord } from '../../core/lib/isRecord';

interface Group {
	description: string;
	schema: unknown;
	tests: Array<{ description: string; data: unknown; valid: boolean }>;
}

const DIALECTS = {
	draft7: 'http://json-schema.org/draft-07/schema#',
	'draft2020-12': 'https://json-schema.org/draft/2020-12/schema',
} as const;
type Draft = keyof typeof DIALECTS;

const suite = join(__dirname, 'suite');
const page = readFileSync(join(__dirname, '../../docs/json-schema.md'), 'utf8');

const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

function filesUnder(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.json'))
		.map((name) => join(folder, name));
}

/** The suite's other documents, bundled as the specification has it: under their addresses. */
const documents = filesUnder(join(suite, 'remotes')).map((file): [string, object] => [
	`http://localhost:1234/${relative(join(suite, 'remotes'), file)}`,
	readJson(file),
]);

function bundled(schema: unknown, draft: Draft): unknown {
	if (!isRecord(schema)) return schema;
	const named = documentsFor(schema, draft).map(([url, document]) => [
		url,
		{ ...document, $id: url },
	]);
	const key = draft === 'draft7' ? 'definitions' : '$defs';
	const known = isRecord(schema[key]) ? schema[key] : {};
	const $schema = DIALECTS[draft];
	return structuredClone({ $schema, ...schema, [key]: { ...known, ...Object.fromEntries(named) } });
}

/** Those that the schema names, and those that they name. */
function documentsFor(schema: object, draft: Draft): typeof documents {
	const own = documents.filter(([url]) => url.includes(draft) || !url.includes('draft'));
	let found: typeof documents = [];
	for (;;) {
		const words = JSON.stringify([{ ...schema, $schema: '' }, found]);
		const next = own.filter(([url]) => words.includes(basename(url)));
		if (next.length === found.length) return found;
		found = next;
	}
}

type Verdict = { name: string; how: 'right' | 'wrong' | 'refused' };

function verdictsOf(group: Group, schema: unknown): Verdict[] {
	const name = group.description;
	try {
		const check = schemaCheck(isRecord(schema) ? schema : { allOf: [schema] });
		return group.tests.map(({ data, valid }) => ({
			name,
			how: (check(data).length === 0) === valid ? 'right' : 'wrong',
		}));
	} catch {
		return group.tests.map(() => ({ name, how: 'refused' }));
	}
}

/** `file: group` of each miss, with how many verdicts it is and whether it was refused. */
function misses(verdicts: Map<string, Verdict[]>): string[] {
	return [...verdicts].flatMap(([file, all]) => {
		const missed = all.filter(({ how }) => how !== 'right');
		const names = [...new Set(missed.map(({ name }) => name))];
		return names.map((name) => {
			const own = missed.filter((verdict) => verdict.name === name);
			const how = own.some((verdict) => verdict.how === 'wrong') ? 'wrong' : 'refused';
			return `| ${file} | ${name} | ${own.length} ${how} |`;
		});
	});
}

test.each<[draft: Draft, share: number]>([
	['draft7', 0.99],
	['draft2020-12', 0.96],
])('%s: the required verdicts of the official suite; each miss is in the docs', (draft, share) => {
	const folder = join(suite, 'tests', draft);
	const verdicts = new Map(
		filesUnder(folder).map((file) => {
			const groups: Group[] = readJson(file);
			const all = groups.flatMap((group) => verdictsOf(group, bundled(group.schema, draft)));
			return [relative(folder, file), all];
		}),
	);
	const all = [...verdicts.values()].flat();
	const right = all.filter(({ how }) => how === 'right').length;
	expect(right / all.length).toBeGreaterThanOrEqual(share);
	expect(all.length).toBeGreaterThan(900);
	const [, section = ''] = page.split(`## ${draft}`);
	const listed = section.split('\n## ')[0]?.match(/^\| .*(wrong|refused) *\|$/gm) ?? [];
	expect(listed.map((line) => line.replace(/ +/g, ' '))).toEqual(misses(verdicts));
	expect(section).toContain(`${right} of ${all.length}`);
});
