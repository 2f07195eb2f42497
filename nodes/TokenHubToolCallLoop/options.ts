import type { INodeProperties } from 'n8n-workflow';
import { LOOP_DEFAULTS } from '../../core/toolLoop/loopRequest';
import { numberProperty } from '../shared/numberProperty';
import { runOptionProperties } from '../shared/runProperties';
import { samplingOptions } from '../shared/samplingProperties';

const numbers: Array<Parameters<typeof numberProperty>[0]> = [
	['Deadline (Seconds)', 'deadlineSeconds', 0, 'Time for the whole loop. 0 means no limit.'],
	[
		'Max Iterations',
		'maxIterations',
		LOOP_DEFAULTS.maxIterations,
		'Requests with tools. The final answer after a limit comes on top.',
	],
	['Max Tool Calls', 'maxToolCalls', 0, 'Tool calls of all iterations together. 0 means no limit.'],
	['Max Total Tokens', 'maxTotalTokens', 0, 'Tokens of all requests together. 0 means no limit.'],
	[
		'Repeat Limit',
		'repeatLimit',
		LOOP_DEFAULTS.repeatLimit,
		'How often the very same call may be made before the loop ends',
	],
	[
		'Tool Concurrency',
		'toolConcurrency',
		LOOP_DEFAULTS.toolConcurrency,
		'How many tool calls of one turn run at once',
	],
	[
		'Tool Result Limit (Characters)',
		'toolResultLimit',
		LOOP_DEFAULTS.toolResultLimit,
		'Longer tool results are cut in the middle, and the model is told so',
	],
	[
		'Tool Timeout (Seconds)',
		'toolTimeoutSeconds',
		LOOP_DEFAULTS.toolTimeoutMs / 1000,
		'How long one tool call may take',
	],
];

const loopOptions: INodeProperties[] = [
	...numbers.map((terms) => numberProperty(terms)),
	{
		displayName: 'Image Tools',
		name: 'imageTools',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Tool' },
		default: [],
		placeholder: 'e.g. take_screenshot',
		description:
			'Names of connected tools that are n8n nodes and return images. n8n runs them one after another, and the model sees their pictures.',
	},
	{
		displayName: 'Include Messages',
		name: 'includeMessages',
		type: 'boolean',
		default: false,
		description: 'Whether to add the whole conversation to the output',
	},
	{
		displayName: 'On Limit',
		name: 'onLimit',
		type: 'options',
		default: 'answer',
		description: 'What happens when a limit is reached. Nothing paid for is lost in any case.',
		options: [
			{ name: 'Answer', value: 'answer', description: 'One last request, without tools' },
			{
				name: 'Error',
				value: 'error',
				description: 'The item fails, with all steps in its details',
			},
			{ name: 'Return', value: 'return', description: 'What there is, without another request' },
		],
	},
	{
		displayName: 'Output Schema (JSON)',
		name: 'outputSchema',
		type: 'json',
		default: '',
		description: 'With a JSON Schema here, the final answer is a value that is valid against it',
	},
	{
		displayName: 'Remember',
		name: 'remember',
		type: 'options',
		default: 'answer',
		description: 'What goes into the connected memory',
		options: [
			{ name: 'Question and Answer', value: 'answer' },
			{
				name: 'Whole Turn',
				value: 'turn',
				description: 'Tool calls and their results as well; they fill the window sooner',
			},
		],
	},
	{
		displayName: 'Resume From (JSON)',
		name: 'resumeFrom',
		type: 'json',
		default: '',
		description:
			'The resume value of another execution, with one entry in its results for each pending tool call. The System Message of this node replaces its own.',
	},
	{
		displayName: 'Tool Choice',
		name: 'toolChoice',
		type: 'string',
		default: 'auto',
		placeholder: 'auto, required, or the name of one tool',
		description: 'What the model must do in its first turn',
	},
];

export const options = [...loopOptions, ...samplingOptions, ...runOptionProperties];
