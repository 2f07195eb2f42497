import type { INodeProperties } from 'n8n-workflow';
import { toRequestBody } from '../../core/chat/chatRequest';
import { readExtractRequest } from '../../core/extract/extractRequest';
import { readLoopRequest } from '../../core/toolLoop/loopRequest';
import { properties as modelForm } from '../../nodes/LmChatTokenHub/description';
import { form as modelSchema, toModelConfig } from '../../nodes/LmChatTokenHub/parameters';
import { properties as chatForm } from '../../nodes/TokenHubChatCompletion/description';
import { form as chatSchema, toChatInput } from '../../nodes/TokenHubChatCompletion/parameters';
import { properties as extractForm } from '../../nodes/TokenHubJsonExtract/description';
import { form as extractSchema, toExtractInput } from '../../nodes/TokenHubJsonExtract/parameters';
import { properties as loopForm } from '../../nodes/TokenHubToolCallLoop/description';
import { form as loopSchema, toLoopInput } from '../../nodes/TokenHubToolCallLoop/parameters';
import { formFields } from '../fields/formFields';
import { withValue, type Key } from '../fields/parameters';

const price = { model: 'x', inputUsd: 1, outputUsd: 1 };
const base = {
	...{ model: 'claude-haiku-4-5', maxTokens: 64, prompt: 'Hi', text: 'Hi' },
	// Of texts without chunks nobody reads the overlap.
	options: { chunkSize: 2 * 1_000_000, prices: { values: [price] } },
	...{ fields: { values: [{ name: 'a' }] }, tools: { values: [{ name: 'look' }] } },
};
type Read = (values: unknown) => unknown;
const nodes: Array<[name: string, properties: INodeProperties[], read: Read]> = [
	[
		'Chat Completion',
		chatForm,
		(values) => toRequestBody(toChatInput(chatSchema.parse(values)).request),
	],
	[
		'Tool Call Loop',
		loopForm,
		(values) => readLoopRequest(toLoopInput(loopSchema.parse(values)).request),
	],
	[
		'JSON Extract',
		extractForm,
		(values) => readExtractRequest(toExtractInput(extractSchema.parse(values)).request),
	],
	['Chat Model', modelForm, (values) => toModelConfig(modelSchema.parse(values))],
];
/** For a number without a limit in the form. */
const LARGE = 1_000_000;

describe.each(nodes)('%s: what the form lets in is taken', (_name, properties, read) => {
	const numbers = formFields(properties).filter(({ property }) => property.type === 'number');
	const tried = (keys: readonly Key[], value: number) => () => read(withValue(base, keys, value));

	test.each(numbers.map((field) => [field.name, field] as const))('%s', (_field, field) => {
		const { minValue, maxValue } = field.property.typeOptions ?? {};
		const { keys } = field;
		if (minValue === undefined) throw new Error('a number has a lowest value');
		expect(tried(keys, minValue)).not.toThrow();
		expect(tried(keys, minValue - 1)).toThrow();
		expect(tried(keys, maxValue ?? LARGE)).not.toThrow();
		if (maxValue !== undefined) expect(tried(keys, maxValue + 1)).toThrow();
		expect(tried(keys, Number(field.property.default))).not.toThrow();
	});
});
