import { z } from 'zod/v4';
import { LONGEST_NAME, markedName } from '../markedName';

const LEGAL = /^[a-zA-Z0-9_-]{1,64}$/;

/** A tool name as Claude takes it. */
export const toolNameSchema = z
	.string()
	.regex(LEGAL, 'a tool name has 1 to 64 letters, digits, "_" or "-", and no spaces');

/** The nearest name that Claude takes: n8n, MCP servers and models themselves allow more. */
export function legalToolName(name: string): string {
	if (LEGAL.test(name)) return name;
	const legal = underscored(name);
	return legal.length > LONGEST_NAME || legal === '' ? distinctToolName(name) : legal;
}

/** A legal name that no other name is likely to share: the beginning, and a mark made of the whole. */
export function distinctToolName(name: string): string {
	return markedName(name, underscored(name) || 'tool');
}

const underscored = (name: string) => name.replace(/[^a-zA-Z0-9_-]/g, '_');
