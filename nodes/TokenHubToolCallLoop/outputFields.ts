import type { PendingCall, Step } from '../../core/toolLoop/resumeState';
import type { ToolLoopResult } from '../../core/toolLoop/loopResult';
import { spendingFields, type OutputField, type Under } from '../shared/run/output';
import type { CallItem } from './waiting/loopOutputs';

type AnswerKey =
	Exclude<keyof ToolLoopResult, 'pendingToolCalls' | 'resume'> | Under<'steps[].', Step>;
type CallKey = keyof CallItem | Under<'pendingToolCalls[].', PendingCall>;

/** An item of the output Answer. The compiler and a test compare the lists with the actual output. */
export const answerFields = {
	output: { type: 'any', text: 'The final text, or the valid value with Output Schema' },
	stopReason: { type: 'text', text: 'How the loop ended: one of the reasons in the guide' },
	iterations: { type: 'number', text: 'Requests that offered tools' },
	steps: { type: 'list of objects', text: 'Every tool call, in order' },
	'steps[].iteration': { type: 'number', text: 'The request that the call came from, from 1' },
	'steps[].tool': { type: 'text', text: 'Name of the tool' },
	'steps[].callId': { type: 'text', text: 'ID of the call' },
	'steps[].arguments': { type: 'any', text: 'The arguments as the model wrote them' },
	'steps[].result': { type: 'any', text: 'What the tool returned', when: 'it did not fail' },
	'steps[].error': { type: 'text', text: 'What the model was told', when: 'the call failed' },
	'steps[].durationMs': { type: 'number', text: 'How long the call took, in milliseconds' },
	'steps[].kept': {
		type: 'object',
		text: 'The name under which the model could read the whole result (`name`), and its length (`characters`); `result` is cut in the middle',
		when: 'the result was longer than Tool Result Limit',
	},
	'steps[].leftOut': {
		type: 'object',
		text: 'From which request (`iteration`) on the result is no longer sent in full, and what replaces it (`as`: `stub` or `summary`)',
		when: 'the conversation outgrew its room',
	},
	'steps[].spending': {
		type: 'object',
		text: 'What the tool itself spent: `usage`, `costUsd`, `requests` and `retries`. The totals of the loop include it, also for a workflow that is called as a tool, and for a TokenHub Chat Model below an agent that is a tool',
		when: 'the tool is a TokenHub node, or has one below it or in the workflow that it calls, and sent requests',
	},
	'steps[].steps': {
		type: 'list of objects',
		text: 'If the tool is a loop: its tool calls, in the same format',
		when: 'the tool is a Tool Call Loop that called tools',
	},
	messages: {
		type: 'list of objects',
		text: 'The whole conversation, including the answer',
		when: 'Include Messages is on',
	},
	...spendingFields,
	latencyMs: {
		type: 'number',
		text: 'How long the loop took, in milliseconds, without the time it waited for manual tools and approvals',
	},
	warnings: {
		type: 'list of texts',
		text: 'Repairs of the conversation, tools that were left out, mistakes in their schemas, a conversation that outgrew its limit, and limits that counted an estimate',
		when: 'there are any',
	},
} satisfies Record<AnswerKey, OutputField>;

/** An item of the output Tool Calls: one call of a manual tool, or one that a person has to approve. */
export const callFields = {
	callId: { type: 'text', text: 'ID of the call' },
	name: { type: 'text', text: 'Name of the tool' },
	args: { type: 'object', text: 'Its arguments, valid against its schema' },
	needsApproval: {
		type: 'true or false',
		text: 'Whether it waits for an approval by Approve When',
		when: 'it does',
	},
	stopReason: { type: 'text', text: '`awaitingTools`, or `awaitingApproval`' },
	pendingToolCalls: { type: 'list of objects', text: 'All calls that the loop waits for' },
	'pendingToolCalls[].callId': { type: 'text', text: 'ID of the call' },
	'pendingToolCalls[].name': { type: 'text', text: 'Name of the tool' },
	'pendingToolCalls[].arguments': { type: 'object', text: 'Its arguments' },
	'pendingToolCalls[].needsApproval': {
		type: 'true or false',
		text: 'Whether it waits for an approval',
		when: 'it does',
	},
	resume: { type: 'object', text: 'The loop as plain JSON, for Resume From' },
} satisfies Record<CallKey, OutputField>;
