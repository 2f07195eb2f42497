import { z } from 'zod/v4';
import { samplingOf, type ChatRequest } from '../../core/chat/chatRequest';
import { functionToolSchema, type ToolChoice } from '../../core/chat/toolCalls';
import { assertReadable, givenMessageSchema } from '../../core/chat/repair/givenMessage';
import { TokenHubError } from '../../core/errors';
import { readInput } from '../../core/readInput';
import { hasFiles } from '../shared/item/fileParts';
import { NO_FILES, type Files } from '../shared/item/files';
import { resultShape } from '../shared/run/findResult';
import {
	commonOptions,
	fileList,
	jsonField,
	locatorField,
	optionalText,
	promptText,
} from '../shared/form/formFields';

const rowSchema = z.object({ role: z.enum(['system', 'user', 'assistant']), content: promptText });

/** The form as n8n passes it: one key for each of its fields. */
export const form = z.object({
	model: locatorField,
	inputMode: z.enum(['prompt', 'messages', 'json']).default('prompt'),
	prompt: promptText.default(''),
	systemMessage: optionalText.optional(),
	messages: z.object({ values: z.array(rowSchema).default([]) }).prefault({}),
	messagesJson: jsonField('Messages (JSON)').optional(),
	maxTokens: z.number(),
	/** Read for the whole run, by `shownBy`. */
	simplify: z.boolean().default(false),
	options: z
		.object({
			...commonOptions,
			...resultShape,
			tools: jsonField('Tools (JSON)').optional(),
			toolChoice: optionalText.optional(),
			responseFormat: z.enum(['text', 'jsonObject']).optional(),
			stream: z.boolean().default(false),
			autoContinue: z.boolean().default(false),
			dryRun: z.boolean().default(false),
			reuseIdentical: z.boolean().optional(),
			images: fileList,
			includeRaw: z.boolean().default(false),
		})
		.prefault({}),
});

type Form = z.output<typeof form>;

export interface ChatInput {
	request: ChatRequest;
	stream: boolean;
	includeRaw: boolean;
	autoContinue: boolean;
	dryRun: boolean;
	/** Whether the answer to an identical request of the run is reused. */
	reuseIdentical: boolean;
}

/** @throws TokenHubError `badConfig` that names the field. */
export function toChatInput(values: Form, files = NO_FILES): ChatInput {
	const { model, maxTokens, options } = values;
	const tools = readInput(z.array(functionToolSchema), options.tools ?? [], 'Tools (JSON)');
	const request = {
		...{ model, maxTokens, ...samplingOf(options) },
		messages: readMessages(values, files),
		tools,
		toolChoice: tools.length > 0 ? readToolChoice(options.toolChoice) : undefined,
		responseFormat: options.responseFormat,
	};
	const { stream, includeRaw, autoContinue, dryRun } = options;
	// At temperature 0, the same question has the same answer.
	const { reuseIdentical = options.temperature === 0 } = options;
	return { request, stream, includeRaw, autoContinue, dryRun, reuseIdentical };
}

function readMessages(values: Form, files: Files): ChatRequest['messages'] {
	const { inputMode, prompt, systemMessage, messages, messagesJson } = values;
	if (inputMode === 'json') {
		assertReadable(messagesJson);
		return readInput(z.array(givenMessageSchema).min(1), messagesJson, 'Messages (JSON)');
	}
	const rows =
		inputMode === 'prompt' ? [{ role: 'user' as const, content: prompt }] : messages.values;
	const system = systemMessage ? [{ role: 'system' as const, content: systemMessage }] : [];
	if (rows.every(({ content }) => content.trim() === '')) {
		// A picture may be a question without any text.
		if (!hasFiles(files) || inputMode !== 'prompt') throw nothingAsked(inputMode);
		return system;
	}
	return [...system, ...rows.filter(({ content }) => content.trim() !== '')];
}

function nothingAsked(inputMode: string): TokenHubError {
	const field = inputMode === 'prompt' ? 'Prompt' : 'Messages';
	return new TokenHubError('badConfig', `The field "${field}" is empty: there is nothing to ask.`, {
		hint: 'Type a text, or use a field that is not empty for this item.',
		failures: [{ path: `/${inputMode}`, message: 'it is empty' }],
	});
}

function readToolChoice(choice: string | undefined): ToolChoice | undefined {
	if (choice === undefined) return undefined;
	if (choice === 'auto' || choice === 'none' || choice === 'required') return choice;
	return { type: 'function', function: { name: choice } };
}
