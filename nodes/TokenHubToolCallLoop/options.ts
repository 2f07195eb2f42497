import type { INodeProperties } from 'n8n-workflow';
import { SAMPLING_OPTIONS } from '../../core/chat/parameters';
import { LOOP_DEFAULTS } from '../../core/toolLoop/loopRequest';
import { controlOptions } from './controlOptions';
import { filesProperty, numberProperty } from '../shared/form/properties';
import { runOptionProperties } from '../shared/form/runOptions';
import { samplingOptions } from '../shared/form/optionsProperty';

const numbers: Array<Parameters<typeof numberProperty>[0]> = [
	[
		'Max Iterations',
		'maxIterations',
		LOOP_DEFAULTS.maxIterations,
		'How many requests may offer tools. The final answer after a limit is one more. 0 means the default.',
	],
	[
		'Max Tool Calls',
		'maxToolCalls',
		0,
		'How many tool calls all iterations together may make. 0 means no limit.',
	],
	[
		'Max Total Tokens',
		'maxTotalTokens',
		0,
		'How many tokens all requests together may use. 0 means no limit.',
	],
	[
		'Deadline (Seconds)',
		'deadlineSeconds',
		0,
		'How long the whole loop may take. 0 means no limit.',
	],
	[
		'Repeat Limit',
		'repeatLimit',
		LOOP_DEFAULTS.repeatLimit,
		'How many times the model may make the same call before the loop ends. 0 means the default.',
	],
	[
		'Tool Timeout (Seconds)',
		'toolTimeoutSeconds',
		LOOP_DEFAULTS.toolTimeoutMs / 1000,
		'How long one tool call may take. 0 means the default.',
	],
	[
		'Tool Concurrency',
		'toolConcurrency',
		LOOP_DEFAULTS.toolConcurrency,
		'How many tool calls of one turn run in parallel. 0 means the default.',
	],
	[
		'Tool Result Limit (Characters)',
		'toolResultLimit',
		LOOP_DEFAULTS.toolResultLimit,
		'How much of one tool result the model sees: at least 100, and 0 means the default. Long Results says what happens to the rest.',
	],
];

export const limitNames = numbers.map(([, name]) => name);

const loopOptions: INodeProperties[] = [
	...numbers.map((terms) => numberProperty(terms)),
	{
		displayName: 'On Limit',
		name: 'onLimit',
		type: 'options',
		default: 'answer',
		description: 'What to do when a limit is reached. Nothing you paid for is lost.',
		options: [
			{ name: 'Answer', value: 'answer', description: 'One last request, without tools' },
			{
				name: 'Error',
				value: 'error',
				description: 'The item fails, with all steps in its details',
			},
			{
				name: 'Return',
				value: 'return',
				description: 'The current state, without another request',
			},
		],
	},
	{
		displayName: 'Output Schema (JSON)',
		name: 'outputSchema',
		type: 'json',
		default: '',
		description:
			'JSON Schema for the final answer, which becomes a validated value instead of text',
	},
	{
		displayName: 'Show Tool Use',
		name: 'showToolUse',
		type: 'boolean',
		default: true,
		description:
			'Whether a streaming chat shows a short line while a tool works. In version 1 nodes, saved before this option existed, the default is off.',
	},
	{
		displayName: 'Include Messages',
		name: 'includeMessages',
		type: 'boolean',
		default: false,
		description: 'Whether to add the whole conversation to the output',
	},
	{
		displayName: 'Tool Choice',
		name: 'toolChoice',
		type: 'string',
		default: 'auto',
		placeholder: 'auto, required, or the name of one tool',
		description: 'What the model must do in its first turn',
	},
	{
		displayName: 'Image Tools',
		name: 'imageTools',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Tool' },
		default: [],
		placeholder: 'e.g. take_screenshot',
		description:
			'Names of connected n8n nodes that return images. n8n runs them one after another, and the model sees their images.',
	},
	{
		displayName: 'Remember',
		name: 'remember',
		type: 'options',
		default: 'answer',
		description: 'What to store in the connected memory',
		options: [
			{ name: 'Question and Answer', value: 'answer' },
			{
				name: 'Whole Turn',
				value: 'turn',
				description: 'Also tool calls and their results, which fill the memory window sooner',
			},
		],
	},
	{
		displayName: 'Context Mode',
		name: 'contextMode',
		type: 'options',
		default: 'stubs',
		description:
			'What to do with older turns when the conversation outgrows the model. The output keeps all of it.',
		options: [
			{ name: 'Off', value: 'off', description: 'Send everything, and fail if it does not fit' },
			{
				name: 'Stubs',
				value: 'stubs',
				description: 'Name older tool results instead of sending them',
			},
			{
				name: 'Summary',
				value: 'summary',
				description:
					'If that is not enough, also let the model summarize older turns, in a request that you pay for',
			},
		],
	},
	{
		displayName: 'Long Results',
		name: 'longResults',
		type: 'options',
		default: 'keep',
		description:
			'What to do with tool results longer than Tool Result Limit. In version 1 nodes, saved before this option existed, the default is Cut.',
		options: [
			{ name: 'Cut', value: 'cut', description: 'Leave out the middle, with a note to the model' },
			{
				name: 'Keep',
				value: 'keep',
				description: 'Show the beginning, and let the model read and search the rest',
			},
		],
	},
	{
		displayName: 'Resume From (JSON)',
		name: 'resumeFrom',
		type: 'json',
		default: '',
		description:
			'The resume value of an earlier execution, with one result for each pending tool call. The System Message of this node replaces the one in it.',
	},
];

export const options = [
	...loopOptions,
	...controlOptions,
	filesProperty,
	...samplingOptions,
	...runOptionProperties,
];

/** What a first agent needs, before the options for tuning. */
export const firstOptions = [
	...['images', 'outputSchema', ...Object.keys(SAMPLING_OPTIONS)],
	...['maxIterations', 'maxCostUsd', 'prices', 'maxToolCalls', 'maxTotalTokens'],
	...['deadlineSeconds', 'repeatLimit', 'onLimit', 'showToolUse', 'includeMessages', 'remember'],
];
