import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import { samplingOf } from '../../core/chat/chatRequest';
import { isRecord } from '../../core/lib/isRecord';
import { readInput } from '../../core/readInput';
import { TokenHubError } from '../../core/errors';
import {
	CONTEXT_MODES,
	LONG_RESULTS,
	ON_LIMIT,
	type ToolLoopRequest,
} from '../../core/toolLoop/loopRequest';
import { resumeSchema, type ResumeState } from '../../core/toolLoop/resumeState';
import {
	commonOptions,
	fileList,
	jsonField,
	locatorField,
	optionalText,
	promptText,
	textList,
} from '../shared/form/formFields';
import { hasFiles, withFiles } from '../shared/item/fileParts';
import { NO_FILES, type Files } from '../shared/item/files';
import { readForm } from '../shared/item/itemReader';
import { controlOf, controlShape, type Control } from './controlForm';
import { inlineToolSchema, type InlineTool } from './tools/inlineToolSchema';
import { REMEMBER } from './memory/memory';

/** An empty number field is 0: it stands for the default, which may be no limit. */
const limit = z
	.number()
	.min(0)
	.transform((value) => (value > 0 ? value : undefined))
	.optional();

/** The form as n8n passes it: one key for each of its fields. */
export const form = z.object({
	model: locatorField,
	prompt: promptText.default(''),
	systemMessage: optionalText.optional(),
	tools: z.object({ values: z.array(inlineToolSchema).default([]) }).prefault({}),
	maxTokens: z.number(),
	/** Read for the whole run, by `shownBy`. */
	simplify: z.boolean().default(false),
	options: z
		.object({
			...commonOptions,
			maxIterations: limit,
			maxToolCalls: limit,
			maxTotalTokens: limit,
			deadlineSeconds: limit,
			toolTimeoutSeconds: limit,
			toolConcurrency: limit,
			toolResultLimit: limit,
			repeatLimit: limit,
			toolChoice: optionalText.optional(),
			onLimit: z.enum(ON_LIMIT).optional(),
			contextMode: z.enum(CONTEXT_MODES).optional(),
			longResults: z.enum(LONG_RESULTS).optional(),
			outputSchema: jsonField('Output Schema (JSON)').optional(),
			resumeFrom: jsonField('Resume From (JSON)').optional(),
			includeMessages: z.boolean().default(false),
			images: fileList,
			imageTools: textList,
			...controlShape,
			remember: z.enum(REMEMBER).default('answer'),
			showToolUse: z.boolean().optional(),
		})
		.prefault({}),
});

type Form = z.output<typeof form>;

export interface LoopInput {
	request: Omit<ToolLoopRequest, 'tools'>;
	inlineTools: InlineTool[];
	control: Control;
	includeMessages: boolean;
	/** Whether a chat shows which tools work; if not set, the node's version decides. */
	showToolUse?: boolean;
	/** What memory stores. */
	remember: (typeof REMEMBER)[number];
}

const resumeForm = z.object({
	options: form.shape.options.unwrap().pick({ resumeFrom: true }).prefault({}),
});

/** Whether an item continues a state from elsewhere. */
export function resumesFrom(context: IExecuteFunctions, itemIndex: number): boolean {
	return readForm(context, itemIndex, resumeForm).options.resumeFrom !== undefined;
}

interface Given {
	/** The state of a loop whose tool results came back through the workflow. */
	returned?: ResumeState;
	files?: Files;
}

/** @throws TokenHubError `badConfig` that names the field. */
export function toLoopInput(form: Form, { returned, files = NO_FILES }: Given = {}): LoopInput {
	const { model, prompt, systemMessage, tools, options, maxTokens } = form;
	const resume = returned ?? readResume(options.resumeFrom);
	if (!resume && prompt.trim() === '' && !hasFiles(files)) {
		throw nothingAsked(tools.values.some(({ type }) => type === 'manual'));
	}
	const { maxIterations, maxToolCalls, maxTotalTokens, repeatLimit, onLimit } = options;
	const { toolConcurrency, toolResultLimit, longResults, contextMode } = options;
	const { deadlineSeconds, toolTimeoutSeconds } = options;
	return {
		request: {
			...{ model, maxTokens, ...samplingOf(options), resume },
			...(resume ? {} : question(prompt, files)),
			// A state from elsewhere brings no system message into the node.
			...(returned ? {} : { system: resume ? (systemMessage ?? '') : systemMessage }),
			...{ maxIterations, maxToolCalls, maxTotalTokens, repeatLimit, onLimit, contextMode },
			...{ toolConcurrency, toolResultLimit, longResults },
			toolChoice: readToolChoice(options.toolChoice),
			deadlineMs: milliseconds(deadlineSeconds),
			toolTimeoutMs: milliseconds(toolTimeoutSeconds),
			outputSchema: readOutputSchema(options.outputSchema),
		},
		control: controlOf(options),
		inlineTools: tools.values,
		includeMessages: options.includeMessages,
		showToolUse: options.showToolUse,
		remember: options.remember,
	};
}

function question(prompt: string, files: Files): Pick<ToolLoopRequest, 'prompt' | 'messages'> {
	const content = withFiles(prompt, files);
	return typeof content === 'string' ? { prompt } : { messages: [{ role: 'user', content }] };
}

function nothingAsked(hasManualTools: boolean): TokenHubError {
	const ofCall =
		' If the item is the result of a tool call, it cannot be matched to it: its loop belongs to another execution, or nothing in the item refers to the call.';
	return new TokenHubError('badConfig', 'The field "Prompt" is empty: there is nothing to ask.', {
		failures: [{ path: '/prompt', message: 'it is empty' }],
		hint: `Type a text, or use a field that is not empty for this item.${hasManualTools ? ofCall : ''}`,
	});
}

/** A timer cannot wait longer: 24 days. */
const LONGEST_MS = 2_147_483_647;

function milliseconds(seconds: number | undefined): number | undefined {
	return seconds === undefined ? undefined : Math.min(Math.ceil(seconds * 1000), LONGEST_MS);
}

function readResume(value: unknown) {
	return value === undefined ? undefined : readInput(resumeSchema, value, 'Resume From (JSON)');
}

function readOutputSchema(value: unknown) {
	if (value === undefined || isRecord(value)) return value;
	throw new TokenHubError('badConfig', 'The field "Output Schema (JSON)" must be an object.', {
		hint: 'Write a JSON Schema, such as { "type": "object", "properties": { "city": { "type": "string" } } }.',
	});
}

function readToolChoice(choice: string | undefined): ToolLoopRequest['toolChoice'] {
	if (choice === undefined || choice === 'auto') return undefined;
	return choice === 'required' ? 'required' : { name: choice };
}
