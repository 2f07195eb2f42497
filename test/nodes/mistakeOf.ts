import type { IBinaryData, INode, INodeExecutionData } from 'n8n-workflow';
import type { Reply } from '../../gateway';
import type { NodeRun } from '../support/runNode';

/**
 * Mistakes that people make, and what they read then: in the editor the message names what is wrong and
 * the description says what to do; a chat that streams has both. Nothing of it is paid for.
 */
export interface Mistake {
	node?: 'chat' | 'loop' | 'extract';
	parameters?: Record<string, unknown>;
	options?: Record<string, unknown>;
	/** Of the credential. */
	access?: { apiKey?: string; baseUrl?: string };
	credentials?: INode['credentials'];
	/** What the endpoint answers. */
	reply?: Reply;
	account?: 'noCredit';
	item?: INodeExecutionData;
	/** How many of them there are. */
	items?: number;
	/** A node that has not run. */
	back?: NodeRun['back'];
	/** In the message. */
	says: RegExp;
	/** In the description. */
	advises: RegExp;
	/** Where a request has to be made to find out. */
	asks?: number;
}

export const TYPES = {
	chat: 'tokenHubChatCompletion',
	loop: 'tokenHubToolCallLoop',
	extract: 'tokenHubJsonExtract',
} as const satisfies Record<string, NodeRun['type']>;

export const file = (mimeType: string, bytes: string | Buffer): IBinaryData => ({
	...{ mimeType, data: Buffer.from(bytes).toString('base64') },
});
export const withFile = (name: string, data: IBinaryData): INodeExecutionData => ({
	...{ json: {}, binary: { [name]: data } },
});
export const refuses = (status: number, message: string): Reply => ({ status, error: { message } });
export const fields = (...values: object[]) => ({ schemaSource: 'fields', fields: { values } });
export const schema = (jsonSchema: string) => ({ schemaSource: 'jsonSchema', jsonSchema });
export const zod = (zodSchema: string) => ({ schemaSource: 'zod', zodSchema });
export const tool = (values: object) => ({ tools: { values: [{ name: 'find', ...values }] } });
export const modelOf = (value: string) => ({ model: { __rl: true, mode: 'id', value } });

/** n8n marks the field with a triangle, and starts nothing: it has no further words. */
export const IN_THE_FORM = /^$/;
