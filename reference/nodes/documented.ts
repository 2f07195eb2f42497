import type { INodeTypeDescription } from 'n8n-workflow';
import { LmChatTokenHub } from '../../nodes/LmChatTokenHub/LmChatTokenHub.node';
import { toolTerms as chatTerms } from '../../nodes/TokenHubChatCompletion/description';
import { outputFields as chatFields } from '../../nodes/TokenHubChatCompletion/outputFields';
import { TokenHubChatCompletion } from '../../nodes/TokenHubChatCompletion/TokenHubChatCompletion.node';
import { toolTerms as extractTerms } from '../../nodes/TokenHubJsonExtract/description';
import { outputFields as extractFields } from '../../nodes/TokenHubJsonExtract/outputFields';
import { TokenHubJsonExtract } from '../../nodes/TokenHubJsonExtract/TokenHubJsonExtract.node';
import { toolTerms as loopTerms } from '../../nodes/TokenHubToolCallLoop/description';
import { answerFields, callFields } from '../../nodes/TokenHubToolCallLoop/outputFields';
import { TokenHubToolCallLoop } from '../../nodes/TokenHubToolCallLoop/TokenHubToolCallLoop.node';
import type { OutputField } from '../../nodes/shared/run/output';

/** A node with its own page. */
export interface DocumentedNode {
	/** The page's name in docs/nodes, without `.md`. */
	page: string;
	/** Its folder under nodes/. */
	folder: string;
	description: INodeTypeDescription;
	/** The page in docs/ that explains how it works, and its title. */
	guide: [file: string, title: string];
	/** The keys of an item, for each output. */
	outputs: Array<Record<string, OutputField>>;
	toolTerms?: typeof chatTerms | typeof loopTerms | typeof extractTerms;
}

export const documented: readonly DocumentedNode[] = [
	{
		page: 'chat-completion',
		folder: 'TokenHubChatCompletion',
		description: new TokenHubChatCompletion().description,
		guide: ['chat-completion.md', 'chat completion'],
		outputs: [chatFields],
		toolTerms: chatTerms,
	},
	{
		page: 'tool-call-loop',
		folder: 'TokenHubToolCallLoop',
		description: new TokenHubToolCallLoop().description,
		guide: ['tool-call-loop.md', 'the tool call loop'],
		outputs: [answerFields, callFields],
		toolTerms: loopTerms,
	},
	{
		page: 'structured-json-extract',
		folder: 'TokenHubJsonExtract',
		description: new TokenHubJsonExtract().description,
		guide: ['extraction.md', 'extraction'],
		outputs: [extractFields],
		toolTerms: extractTerms,
	},
	{
		page: 'chat-model',
		folder: 'LmChatTokenHub',
		description: new LmChatTokenHub().description,
		guide: ['decisions/0010-the-chat-model-is-n8ns.md', "the chat model is n8n's"],
		outputs: [],
	},
];
