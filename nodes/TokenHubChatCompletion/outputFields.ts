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

/** The keys of a successful item. The compiler and a test compare them with the actual output. */
export const outputFields = {
	text: { type: 'text', text: 'The answer; empty if the model only calls tools' },
	finishReason: {
		type: 'text',
		text: '`stop`, `length` (cut off by Maximum Number of Tokens), `tool_calls`, `content_filter`, or whatever else the endpoint says',
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
	refusal: { type: 'text', text: 'The text of a refusal', when: 'the model declined and said why' },
	continuations: {
		type: 'number',
		text: 'How many requests continued a cut-off answer',
		when: 'Auto Continue continued an answer',
	},
	warnings: {
		type: 'list of texts',
		text: 'Repairs made to the conversation before sending, and what Max Cost estimated or left undone',
		when: 'there is any',
	},
	raw: {
		type: 'object',
		text: "The endpoint's answer word for word; with Stream, what its chunks add up to",
		when: 'Include Raw Response is on',
	},
	dryRun: { type: 'true', text: 'Nothing was sent', when: whenDry },
	request: {
		type: 'object',
		text: 'The body that would be sent, with images shortened',
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
		text: 'Maximum cost in US dollars; null for a model without a known price',
	},
	...spendingFields,
} satisfies Record<Key, OutputField>;
