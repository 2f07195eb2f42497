import type { Answer } from '../../core/chat/answer';
import type { ToolCall } from '../../core/chat/chatResult';
import type { DryRun } from '../../core/chat/dryRun';
import { spendingFields, type OutputField, type Under } from '../shared/run/output';

type Key =
	| keyof Answer
	| keyof DryRun
	| Under<'toolCalls[].', ToolCall>
	| Under<'estimate.', DryRun['estimate']>
	| 'warnings';

const whenDry = 'Dry Run is on';

/** What an item holds that succeeded. The compiler and a test hold it equal to what comes out. */
export const outputFields = {
	text: { type: 'text', text: 'The answer; empty when the model only calls tools' },
	finishReason: {
		type: 'text',
		text: '`stop`, `length` (cut by Maximum Number of Tokens), `tool_calls`, `content_filter`, or what else the endpoint says',
	},
	id: { type: 'text', text: "The endpoint's ID of the answer" },
	toolCalls: {
		type: 'list of objects',
		text: 'Tool calls that the model asks for',
		when: 'there are any',
	},
	'toolCalls[].id': { type: 'text', text: 'ID of the call, for the tool message that answers it' },
	'toolCalls[].name': { type: 'text', text: 'Name of the tool' },
	'toolCalls[].arguments': { type: 'text', text: 'JSON as the model wrote it, not checked' },
	refusal: { type: 'text', text: 'The words of a refusal', when: 'the model declined with words' },
	continuations: {
		type: 'number',
		text: 'Requests that continued an answer that was cut off',
		when: 'Auto Continue continued an answer',
	},
	warnings: {
		type: 'list of texts',
		text: 'What was repaired in the conversation before it was sent, and what Max Cost estimated or left undone',
		when: 'there is any',
	},
	raw: {
		type: 'object',
		text: "The endpoint's answer word for word; with Stream, what its pieces add up to",
		when: 'Include Raw Response is on',
	},
	dryRun: { type: 'true', text: 'Nothing was sent', when: whenDry },
	request: {
		type: 'object',
		text: 'The body as it would be sent, images cut short',
		when: whenDry,
	},
	estimate: { type: 'object', text: 'What the request would use', when: whenDry },
	'estimate.promptTokens': { type: 'number', text: 'Estimated tokens of the request' },
	'estimate.maxCompletionTokens': {
		type: 'number',
		text: 'As many as Maximum Number of Tokens allows',
	},
	'estimate.maxCostUsd': {
		type: 'number or null',
		text: 'US dollars, at most; null for a model without a known price',
	},
	...spendingFields,
} satisfies Record<Key, OutputField>;
