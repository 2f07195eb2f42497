import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extract } from '../../core';
import { mergeValues } from '../../core/extract/merge';
import type { Reply, Script } from '../../gateway';
import { openGateway } from '../support/openGateway';

const page = readFileSync(join(__dirname, '../../docs/extraction.md'), 'utf8');

const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] };

async function warningsOf(script: Script, request: object = {}): Promise<string[]> {
	const { client } = await openGateway(script);
	const { warnings } = await extract(client, { text: 'n is 1', schema, ...request });
	return warnings;
}

const says = (text: string): Reply => ({ text });

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
		...mergeValues([1, 2].map((n) => ({ value: { n }, own: '', shared: '' }))).warnings,
		...(await extract(client, cheapFirst)).warnings,
		...(await warningsOf(({ tool_choice }) =>
			tool_choice ? { status: 400, error: { message: 'tool_choice: no' } } : says('{"n":1}'),
		)),
	];
	const names = [...page.matchAll(/^\| `([\w ]+)` +\|/gm)].map(([, name]) => name ?? '');
	const nameOf = (warning: string) => names.find((name) => warning.startsWith(name)) ?? warning;
	expect([...new Set(warnings.map(nameOf))].sort()).toEqual([...names].sort());
});
