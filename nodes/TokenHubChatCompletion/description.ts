import type { INodeProperties } from 'n8n-workflow';
import {
	messagesProperty,
	promptProperties,
	systemMessageProperty,
} from '../shared/form/promptProperties';
import { modelProperty, modelNotice } from '../shared/form/modelProperty';
import {
	optionNotices,
	optionsProperty,
	maxTokensProperty,
	samplingOptions,
} from '../shared/form/optionsProperty';
import { simplifyProperty } from '../shared/run/output';
import { filesProperty } from '../shared/form/properties';
import { withResultOptions } from '../shared/run/findResult';

const inMode = (...modes: string[]) => ({ show: { inputMode: modes } });

const inputProperties: INodeProperties[] = [
	{
		displayName: 'Input Mode',
		name: 'inputMode',
		type: 'options',
		noDataExpression: true,
		default: 'prompt',
		options: [
			{ name: 'Prompt', value: 'prompt', description: 'One text for the model' },
			{ name: 'Messages', value: 'messages', description: 'A conversation, row by row' },
			{ name: 'JSON', value: 'json', description: 'A conversation as a JSON array' },
		],
	},
	...promptProperties('e.g. Summarize this review in one sentence: {{ $json.review }}', {
		displayOptions: inMode('prompt'),
		required: true,
	}),
	{ ...messagesProperty, displayOptions: inMode('messages') },
	{
		displayName: 'Messages (JSON)',
		name: 'messagesJson',
		type: 'json',
		required: true,
		default: '[\n  { "role": "user", "content": "Hello" }\n]',
		description: 'OpenAI-style messages: roles system, user, assistant and tool',
		displayOptions: inMode('json'),
	},
	{ ...systemMessageProperty, displayOptions: inMode('prompt', 'messages') },
];

const answerOptions: INodeProperties[] = [
	{
		displayName: 'Response Format',
		name: 'responseFormat',
		type: 'options',
		default: 'text',
		options: [
			{ name: 'Text', value: 'text' },
			{
				name: 'JSON Object',
				value: 'jsonObject',
				description: 'Ask for JSON in the prompt as well',
			},
		],
	},
	{
		displayName: 'Auto Continue',
		name: 'autoContinue',
		type: 'boolean',
		default: false,
		description:
			'Whether to continue answers cut off by Maximum Number of Tokens, up to ten times. Each continuation is a paid request that sends the whole conversation.',
	},
	{
		displayName: 'Stream',
		name: 'stream',
		type: 'boolean',
		default: false,
		description:
			'Whether to receive the answer in pieces, so that a long answer does not hit an idle timeout',
	},
	{
		displayName: 'Tools (JSON)',
		name: 'tools',
		type: 'json',
		default: '[]',
		description:
			'OpenAI-style function tools. Calls are returned as toolCalls; use Tool Call Loop to run them.',
	},
	{
		displayName: 'Tool Choice',
		name: 'toolChoice',
		type: 'string',
		default: 'auto',
		placeholder: 'auto, none, required, or the name of one tool',
		description: 'Which of the tools the model may or must call',
		displayOptions: { show: { tools: [{ _cnd: { exists: true } }] } },
	},
	{
		displayName: 'Include Raw Response',
		name: 'includeRaw',
		type: 'boolean',
		default: false,
		description: "Whether to add the gateway's unchanged answer as raw",
	},
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: false,
		description:
			'Whether to output the request instead of sending it, with its estimated tokens and maximum cost',
	},
	{
		displayName: 'Reuse Identical Requests',
		name: 'reuseIdentical',
		type: 'boolean',
		default: true,
		description:
			'Whether to reuse the answer to an identical request in this run. Without this option, this happens only at Sampling Temperature 0.',
	},
];

const options = [filesProperty, ...samplingOptions, ...answerOptions, ...withResultOptions];

/** The form. */
export const properties: INodeProperties[] = [
	modelProperty,
	modelNotice,
	...inputProperties,
	maxTokensProperty,
	simplifyProperty,
	...optionNotices,
	optionsProperty(options),
];

/** The description for an agent that has the node as a tool. */
export const toolTerms = {
	description:
		'Asks another Claude model and returns its answer in "text". It does not see this conversation: put everything it needs into the prompt.',
	filled: { prompt: 'The whole question or task, including every text and fact it refers to' },
};
