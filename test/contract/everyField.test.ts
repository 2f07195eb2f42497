import { TokenHubChatCompletion } from '../../nodes/TokenHubChatCompletion/TokenHubChatCompletion.node';
import { TokenHubJsonExtract } from '../../nodes/TokenHubJsonExtract/TokenHubJsonExtract.node';
import { LmChatTokenHub } from '../../nodes/LmChatTokenHub/LmChatTokenHub.node';
import { TokenHubToolCallLoop } from '../../nodes/TokenHubToolCallLoop/TokenHubToolCallLoop.node';
import { chatBase, chatRows } from '../fields/chatRows';
import { extractBase, extractRows } from '../fields/extractRows';
import type { FieldRow } from '../fields/fieldRow';
import { formFields, rowNames } from '../fields/formFields';
import { loopBase, loopRows } from '../fields/loopRows';
import { modelOutcome } from '../fields/modelOutcome';
import { modelRows } from '../fields/modelRows';
import { at } from '../fields/parameters';
import { runOutcome } from '../fields/runOutcome';
import { switchRows, tryHidden, tryRow, type Form } from '../fields/tryRow';

/**
 * No field does nothing: each field of each node, and each choice of a field, has a row that says what
 * it changes in the requests, in the loop or in the output of a run in n8n's engine.
 */
const forms: Array<[name: string, form: Form]> = [
	[
		'Chat Completion',
		{
			description: new TokenHubChatCompletion().description,
			...{ base: chatBase, rows: chatRows, run: runOutcome('tokenHubChatCompletion') },
		},
	],
	[
		'Tool Call Loop',
		{
			description: new TokenHubToolCallLoop().description,
			...{ base: loopBase, rows: loopRows, run: runOutcome('tokenHubToolCallLoop') },
		},
	],
	[
		'Chat Model',
		{
			description: new LmChatTokenHub().description,
			...{ base: {}, rows: modelRows, run: modelOutcome },
		},
	],
	[
		'JSON Extract',
		{
			description: new TokenHubJsonExtract().description,
			...{ base: extractBase, rows: extractRows, run: runOutcome('tokenHubJsonExtract') },
		},
	],
];

describe.each(forms)('%s', (_name, form) => {
	const { description, rows } = form;
	const names = formFields(description.properties).flatMap(rowNames);

	test('has no row for a field that is not there', () => {
		expect(rows.map(([name]) => name).filter((name) => !names.includes(name))).toEqual([]);
	});

	test.each(names)('%s changes something', async (name) => {
		const own = rows.filter((row) => row[0] === name);
		expect(own).not.toEqual([]);
		for (const row of own) {
			const [, , where, is] = row;
			const { base, changed } = await tryRow(form, row);
			const matches = is instanceof RegExp ? expect.stringMatching(is) : is;
			if (where !== 'error') expect(changed.error).toEqual(expectedError(row));
			expect({ [where]: at(changed, where) }).toEqual({ [where]: matches });
			expect({ [where]: at(base, where) }).not.toEqual({ [where]: matches });
		}
	});

	const switches = switchRows(form);
	if (switches.length === 0) return;
	const named = switches.map((row) => [row[0], row] as const);
	test.each(named)('%s: what it hides does nothing', async (_field, row) => {
		const { fields, plain, hidden, byExpression } = await tryHidden(form, row);
		expect(plain.error).toEqual(expectedError(row));
		expect({ fields, outcome: hidden }).toEqual({ fields, outcome: plain });
		expect({ fields, outcome: byExpression }).toEqual({ fields, outcome: plain });
	});
});

/** A run that fails changes everything: that is no effect of a field. */
function expectedError([, , , , { error } = {}]: FieldRow): unknown {
	return error && expect.stringMatching(error);
}
