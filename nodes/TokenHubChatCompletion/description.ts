import type { INodeProperties } from 'n8n-workflow';
import { messagesProperty } from '../shared/messagesProperty';
import { modelProperty } from '../shared/modelProperty';
import { modelNotice, optionNotices } from '../shared/notices';
import { optionsProperty } from '../shared/optionsProperty';
import { runOptionProperties } from '../shared/runProperties';
import { listProperty } from '../shared/listProperty';
import { maxTokensProperty, samplingOptions } from '../shared/samplingProperties';
import { systemMessageProperty } from '../shared/systemMessageProperty';

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
	{
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		required: true,
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. Sum up this review in one sentence: {{ $json.review }}',
		displayOptions: inMode('prompt'),
	},
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
		displayName: 'Auto Continue',
		name: 'autoContinue',
		type: 'boolean',
		default: false,
		description:
			'Whether an answer that is cut by Max Tokens is gone on with, up to ten times. Each time is a paid request that sends the whole conversation.',
	},
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: false,
		description:
			'Whether to send nothing, and give the request as it would be sent with its estimated tokens and the most that it can cost',
	},
	{
		displayName: 'Include Raw Response',
		name: 'includeRaw',
		type: 'boolean',
		default: false,
		description: "Whether to add the gateway's answer, word for word, as raw",
	},
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
		displayName: 'Reuse Identical Requests',
		name: 'reuseIdentical',
		type: 'boolean',
		default: true,
		description:
			'Whether a request that was sent before in the same run is not paid for again: its answer comes again. Without this option that is done at Temperature 0 only.',
	},
	{
		displayName: 'Stream',
		name: 'stream',
		type: 'boolean',
		default: false,
		description:
			'Whether to receive the answer in pieces, so that a long one does not run into an idle timeout',
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
		displayName: 'Tools (JSON)',
		name: 'tools',
		type: 'json',
		default: '[]',
		description:
			'OpenAI-style function tools. Calls come out as toolCalls: use Tool Call Loop to have them run.',
	},
];

const images = listProperty(
	{
		displayName: 'Images',
		name: 'images',
		placeholder: 'e.g. data or https://example.com/photo.jpg',
		description: 'Names of binary fields, or URLs, of images to send with the last user message',
	},
	'Add Image',
);

const options = [...answerOptions, images, ...samplingOptions, ...runOptionProperties];

/** The form. */
export const properties: INodeProperties[] = [
	modelProperty,
	modelNotice,
	...inputProperties,
	maxTokensProperty,
	...optionNotices,
	optionsProperty(options),
];

/** What an agent is told that has the node as a tool. */
export const toolTerms = {
	description:
		'Asks another Claude model and returns its answer in "text". It knows nothing of this conversation: the prompt has to hold all that it needs.',
	filled: { prompt: 'The whole question or task, with every text and fact that it is about' },
};
