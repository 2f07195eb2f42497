import type { StructuredChunk } from 'n8n-workflow';

/** Reads along in a chat, as n8n's own does: pieces of text, and of an error what n8n sends of it. */
export function openReader() {
	const chunks: StructuredChunk[] = [];
	return {
		chunks,
		onChunk: (chunk: StructuredChunk) => void chunks.push(chunk),
		text: () => chunks.map(({ content = '' }) => content).join(''),
	};
}
