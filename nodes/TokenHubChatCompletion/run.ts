import { chat } from '../../core/chat/chat';
import type { ChatResult } from '../../core/chat/chatResult';
import { collectStream, streamChat } from '../../core/chat/streamChat';
import { readImages } from '../shared/images';
import { readForm } from '../shared/itemReader';
import type { ItemRun } from '../shared/runItems';
import { form, toChatInput, type ChatInput } from './parameters';
import { withImages } from './withImages';

export async function run(item: ItemRun): Promise<ChatResult[]> {
	const input = toChatInput(readForm(item.context, item.itemIndex, form));
	const images = await readImages(item, input.images);
	const { messages } = input.request;
	const request = { ...input.request, messages: withImages(messages, images) };
	return [await answer(item, { ...input, request })];
}

async function answer(
	{ client, signal }: ItemRun,
	{ request, stream, includeRaw }: ChatInput,
): Promise<ChatResult> {
	if (!stream) return await chat(client, request, { signal, includeRaw });
	const result = await collectStream(streamChat(client, request, { signal }));
	// A stream has no one body: what it added up to stands in for it.
	return includeRaw ? { ...result, raw: { ...result } } : result;
}
