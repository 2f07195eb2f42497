import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';

/** Which calls a person has to approve, depending on their arguments. */

const COMPARISONS = [
	{ name: 'Always', value: 'always', description: 'Every call of the tool' },
	{ name: 'Contains', value: 'contains', description: 'Ignores case' },
	{ name: 'Does Not Equal', value: 'notEquals', description: 'Exact comparison' },
	{ name: 'Does Not Match', value: 'notMatches', description: 'Regular expression' },
	{ name: 'Equals', value: 'equals', description: 'Ignores case, and compares numbers as numbers' },
	{ name: 'Exists', value: 'exists', description: 'The model provides the argument' },
	{ name: 'Is Greater Than', value: 'greater' },
	{ name: 'Is Less Than', value: 'less' },
	{ name: 'Matches', value: 'matches', description: 'Regular expression' },
] as const;

const rowSchema = z.object({
	tool: z.string().trim().default(''),
	argument: z.string().trim().default(''),
	comparison: z.enum(COMPARISONS.map(({ value }) => value)).default('greater'),
	/** A number or a boolean if an expression returns one. */
	value: z.union([z.string(), z.number(), z.boolean()]).transform(String).default(''),
});
export type Row = z.output<typeof rowSchema>;

const properties: INodeProperties[] = [
	{
		displayName: 'Argument',
		name: 'argument',
		type: 'string',
		default: '',
		placeholder: 'e.g. amount, or order.items.price',
		description:
			'The path of an argument; in a list, each entry is checked. A call without the argument needs approval too.',
		displayOptions: { hide: { comparison: ['always'] } },
	},
	{
		displayName: 'Comparison',
		name: 'comparison',
		type: 'options',
		default: 'greater',
		options: COMPARISONS.map((comparison) => ({ ...comparison })),
	},
	{
		displayName: 'Tool',
		name: 'tool',
		type: 'string',
		default: '',
		placeholder: 'e.g. refund_order',
		description: 'Name of the tool. By default, every tool that the loop itself runs.',
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		placeholder: 'e.g. 100',
		displayOptions: { hide: { comparison: ['always', 'exists'] } },
	},
];

export const approveOption = {
	schema: z.object({ values: z.array(rowSchema).default([]) }).prefault({}),
	field: {
		displayName: 'Approve When',
		name: 'approveWhen',
		type: 'fixedCollection',
		placeholder: 'Add Condition',
		typeOptions: { multipleValues: true },
		default: {},
		description:
			'A call that matches any of these conditions needs the approval of a person. It leaves through the output Tool Calls, and runs when an item with "approved" returns. When in doubt, the person is asked.',
		options: [{ displayName: 'Condition', name: 'values', values: properties }],
	} satisfies INodeProperties,
};
