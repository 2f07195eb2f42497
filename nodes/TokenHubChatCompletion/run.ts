import { answer, type Answer, answerOnce } from '../../core/chat/answer';
import { dryRun } from '../../core/chat/dryRun';
import { askedFiles } from '../shared/item/files';
import { readForm } from '../shared/item/itemReader';
import type { ItemRun } from '../shared/run/runItems';
import { shownBy } from '../shared/run/output';
import { streamed } from '../shared/run/streamed';
import { form, toChatInput, type ChatInput } from './parameters';
import { conversation } from './conversation';

export async function run(item: ItemRun): Promise<object[]> {
	const values = readForm(item.context, item.itemIndex, form);
	const files = await askedFiles(item, values);
	const input = toChatInput(values, files);
	const hasTools = (input.request.tools ?? []).length > 0;
	const { messages, warnings } = conversation(input.request.messages, files, hasTools);
	const request = { ...input.request, messages };
	const more = warnings.length > 0 ? { warnings } : {};
	if (input.dryRun) return [{ ...dryRun(item.client, request, item.budgetUsd), ...more }];
	const answered = await ask(item, { ...input, request });
	const all = [...warnings, ...(answered.warnings ?? [])];
	const result = { ...answered, ...(all.length > 0 ? { warnings: all } : {}) };
	return [shownBy(item.context)(result)];
}

async function ask(item: ItemRun, input: ChatInput): Promise<Answer> {
	const { client, signal, budgetUsd: maxCostUsd } = item;
	const { request, stream, includeRaw, autoContinue } = input;
	return await streamed(item, async (reader) => {
		const isStreamed = stream || reader.stream;
		const { onText } = reader;
		const options = { signal, includeRaw, autoContinue, maxCostUsd, stream: isStreamed, onText };
		// Each reader gets a stream of its own.
		const mayShare = input.reuseIdentical && !reader.stream;
		const result = await (mayShare ? answerOnce : answer)(client, request, options);
		// A stream has no one body: what it added up to stands in for it.
		return includeRaw && isStreamed ? { ...result, raw: { ...result } } : result;
	});
}
