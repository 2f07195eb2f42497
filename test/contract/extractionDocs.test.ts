import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extract } from '../../core';
import { mergeValues } from '../../core/extract/parts/merge';
import type { Reply, Script } from '../../gateway';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';

const page = readFileSync(join(__dirname, '../../docs/extraction.md'), 'utf8');

const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] };

async function warningsOf(script: Script, request: object = {}): Promise<string[]> {
	const { client } = await openGateway(script);
	const { warnings } = await extract(client, { text: 'n is 1', schema, ...request });
	return warnings;
}

const says = (text: string): Reply => ({ text });

/** The names in the first column of a section's table. */
function namesUnder(heading: string): string[] {
	const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
	return [...section.matchAll(/^\| `([\w ]+)` +\|/gm)].map(([, name]) => name ?? '');
}

test('the page of extraction has every code that is ours', async () => {
	const failing = async (script: Script, request: object = {}) => {
		const { client } = await openGateway(script);
		const base = { text: 'n is 1', schema, maxRepairs: 0 };
		const { details } = await failure(extract(client, { ...base, ...request }));
		return (details.failures ?? []).map(({ code }) => code);
	};
	const slow = { properties: { n: { pattern: '^(a+)+$' } } };
	const codes = [
		...(await failing([says('none')])),
		...(await failing([{ text: '{"n":', finishReason: 'length' }])),
		...(await failing([says('{"n":2}')], { minEvidence: 1 })),
		...(await failing([says(`{"n":"${'a'.repeat(60)}!"}`)], { schema: slow })),
	];
	expect(codes).toEqual(namesUnder('Failures'));
});

test('the page of extraction has every warning, and no other', async () => {
	const cascade: Script = ({ model }) => says(model.includes('haiku') ? 'none' : '{"n":1}');
	const { client } = await openGateway(cascade);
	const cheapFirst = {
		...{ model: 'anthropic/claude-haiku-4-5', escalateTo: ['anthropic/claude-sonnet-4-6'] },
		...{ text: 'n is 1', schema },
	};
	for (let n = 0; n < 8; n += 1) await extract(client, cheapFirst);
	const warnings = [
		...(await warningsOf([says('```json\n{"n":1}\n```')])),
		...(await warningsOf([says('It is {"n":1}.')])),
		...(await warningsOf([says('{"n":1,}')])),
		...(await warningsOf([says('"{\\"n\\":1}"')])),
		...(await warningsOf([says('{"result":{"n":1}}')])),
		...(await warningsOf([says('{"n":"1"}')])),
		...(await warningsOf([says('{"n":1}')], { schema: { ...schema, require: ['n'] } })),
		...mergeValues([1, 2].map((n) => ({ value: { n }, own: '', shared: '' }))).warnings,
		...(await extract(client, cheapFirst)).warnings,
		...(await warningsOf(({ tool_choice }) =>
			tool_choice ? { status: 400, error: { message: 'tool_choice: no' } } : says('{"n":1}'),
		)),
	];
	const names = namesUnder('Warnings');
	const nameOf = (warning: string) => names.find((name) => warning.startsWith(name)) ?? warning;
	expect([...new Set(warnings.map(nameOf))].sort()).toEqual([...names].sort());
});
