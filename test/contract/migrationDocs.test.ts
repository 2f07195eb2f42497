import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { properties as chatForm } from '../../nodes/TokenHubChatCompletion/description';
import { properties as extractForm } from '../../nodes/TokenHubJsonExtract/description';
import { properties as loopForm } from '../../nodes/TokenHubToolCallLoop/description';
import { parameterRows } from '../support/migrationTables';

const page = readFileSync(join(__dirname, '../../docs/migration.md'), 'utf8');

const nested = z.object({ values: z.array(z.looseObject({ displayName: z.string() })) });

/** The labels of a form, those inside of collections included. */
function labelsOf(properties: INodeProperties[]): string[] {
	return properties.flatMap(({ displayName, options = [] }) => [
		displayName,
		...options.flatMap((option) => ('displayName' in option ? [option.displayName] : [])),
		...options.flatMap((option) => {
			const { data } = nested.safeParse(option);
			return (data?.values ?? []).map((value) => value.displayName);
		}),
	]);
}

const labels = new Set([chatForm, loopForm, extractForm].flatMap(labelsOf));

test.each(parameterRows(page))(
	'$node: "$theirs" becomes fields that our forms have',
	({ ours }) => {
		const named = [...ours.matchAll(/\*\*(.+?)\*\*/g)].map(([, label]) => label ?? '');
		expect(named.filter((label) => !labels.has(label))).toEqual([]);
		expect(named.length > 0 || ours.startsWith('none')).toBe(true);
	},
);
