import { isRecord } from '../../isRecord';
import { mayBeForm } from './blockForms';
import { namesOf } from './members';

export interface CallResult {
	content: unknown[];
	structuredContent?: unknown;
	isError?: boolean;
	/** Fields that the protocol does not know. */
	rest?: object;
}

const CALL_KEYS = ['content', 'structuredContent', 'isError', '_meta'];

/**
 * What an MCP client gives for a call, whichever else it adds; and a failure, or a result in several
 * parts, as the AI SDK has them. Undefined for data with content of its own.
 */
export function callResultOf(given: unknown): CallResult | undefined {
	if (!mayBeForm(given)) return undefined;
	const { _meta, type, value } = given;
	// Servers in Python write out what is not there as null.
	const [content, structuredContent, isError] = [
		given.content ?? [],
		given.structuredContent ?? undefined,
		given.isError ?? undefined,
	];
	if (type === 'content' && isBlocks(value) && namesOf(given).length === 2)
		return { content: value };
	if (type === 'error-text' || type === 'error-json') {
		const isIts = 'value' in given && namesOf(given).length === 2;
		return isIts ? { content: [value], isError: true } : undefined;
	}
	const isAbsent = (name: string) => name === 'meta' && given[name] === null;
	const names = namesOf(given).filter((name) => !CALL_KEYS.includes(name) && !isAbsent(name));
	const isCall = Array.isArray(content) && (content.length === 0 || isBlocks(content));
	const isSaid = isError === undefined || typeof isError === 'boolean';
	if (!isCall || !isSaid) return undefined;
	// What no client would add decides against it, unless a call says that it has failed or not.
	if (names.length > 0 && !(content.length > 0 && typeof isError === 'boolean')) return undefined;
	const isOther = isError !== undefined || structuredContent !== undefined || isRecord(_meta);
	// A result with nothing in it is one as well, and rows without content are not.
	if (content.length === 0 && !isOther && !Array.isArray(given.content)) return undefined;
	const rest = Object.fromEntries(names.map((name) => [name, given[name]]));
	return { content, structuredContent, isError, ...(names.length > 0 && { rest }) };
}

/** The first are looked at: what is none further on is told as the data that it is. */
function isBlocks(list: unknown): list is unknown[] {
	return (
		Array.isArray(list) &&
		list.slice(0, 100).every((block) => isRecord(block) && typeof block.type === 'string')
	);
}
