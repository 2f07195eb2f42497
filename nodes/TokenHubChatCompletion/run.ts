import { z } from 'zod/v4';
import { answer, answerOnce } from '../../core/chat/answer';
import { dryRun } from '../../core/chat/dryRun';
import { askedFiles } from '../shared/item/files';
import { readForm } from '../shared/item/itemReader';
import type { Askable } from '../shared/run/findResult';
import type { ItemRun, Place } from '../shared/item/itemRun';
import type { ItemWork } from '../shared/run/runItems';
import { shownBy } from '../shared/run/output';
import { streamed } from '../shared/run/streamed';
import { form, toChatInput, type ChatInput } from './parameters';
import { conversation } from './conversation';

interface Asked extends Askable {
	input: ChatInput;
	/** Repairs of the conversation, and files that could not be sent. */
	warnings: string[];
}

const schema = z.looseObject({ text: z.string().optional() });
const warningsSchema = z.array(z.string()).default([]);
type Result = z.output<typeof schema>;

/** One item: a conversation, and its answer. */
export const chatWork: ItemWork<Asked, Result> = {
	schema,
	async read(place) {
		const values = readForm(place.context, place.itemIndex, form);
		const files = await askedFiles(place, values);
		const { request: given, ...input } = toChatInput(values, files);
		const hasTools = (given.tools ?? []).length > 0;
		const { messages, warnings } = conversation(given.messages, files, hasTools);
		const request = { ...given, messages };
		const { autoContinue, includeRaw } = input;
		return {
			...{ input: { ...input, request }, warnings, options: values.options },
			madeOf: input.dryRun ? undefined : { request, autoContinue, includeRaw },
		};
	},
	async ask(item, { input }) {
		const { client, budgetUsd } = item;
		return input.dryRun ? { ...dryRun(client, input.request, budgetUsd) } : await ask(item, input);
	},
	complete({ input, warnings }, result) {
		const own = warningsSchema.parse(result.warnings);
		const all = input.dryRun ? warnings : [...warnings, ...own];
		return all.length > 0 ? { ...result, warnings: all } : result;
	},
	async retell(place, { text }) {
		await streamed(place, ({ onText }) => Promise.resolve(onText?.(text ?? '')));
	},
	show: ({ context }: Place, { input }, result) => [
		input.dryRun ? result : shownBy(context)(result),
	],
};

async function ask(item: ItemRun, input: ChatInput): Promise<Result> {
	const { client, signal, budgetUsd: maxCostUsd } = item;
	const { request, stream, includeRaw, autoContinue } = input;
	return await streamed(item, async (reader) => {
		const isStreamed = stream || reader.stream;
		const { onText } = reader;
		const options = { signal, includeRaw, autoContinue, maxCostUsd, stream: isStreamed, onText };
		// Each reader gets their own stream.
		const mayShare = input.reuseIdentical && !reader.stream;
		const result = await (mayShare ? answerOnce : answer)(client, request, options);
		// A stream has no single body: what it adds up to is used instead.
		return includeRaw && isStreamed ? { ...result, raw: { ...result } } : { ...result };
	});
}
