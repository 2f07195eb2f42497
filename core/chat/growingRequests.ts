import { readChatRequest, type ChatRequest, type ReadChatRequest } from './chatRequest';
import { usedIds } from './callIds';
import { imagesProblem } from './imageProblem';
import { imagesIn, type Message } from './messages';

/** Makes a request's body of it. */
export type ReadRequest = (request: ChatRequest) => ReadChatRequest;

interface Before {
	given: ChatRequest['messages'];
	sent: Message[];
	hasTools: boolean;
}

/**
 * Reads the requests of one conversation that grows from turn to turn: what stood in the request before
 * goes out as it did then, and only what has come since is read. Where that cannot be told apart, or is
 * not legal as it is, all of it is read again.
 */
export function growingRequests(): ReadRequest {
	let before: Before | undefined;
	return (request) => {
		const read = (before && readGrown(request, before)) ?? readChatRequest(request);
		const { messages: sent, tools } = read.body;
		// A repair may come out otherwise once more is known: an answer may come late.
		const isLegal = read.warnings.length === 0;
		before = isLegal
			? { given: [...request.messages], sent, hasTools: tools !== undefined }
			: undefined;
		return read;
	};
}

function readGrown(request: ChatRequest, before: Before): ReadChatRequest | undefined {
	const { given, sent, hasTools } = before;
	const added = request.messages.slice(given.length);
	const isGrown = given.every((message, index) => message === request.messages[index]);
	if (!isGrown || added.length === 0 || (request.tools ?? []).length > 0 !== hasTools) {
		return undefined;
	}
	const { body, warnings } = readPart({ ...request, messages: added }) ?? {};
	if (!body || !warnings || warnings.length > 0 || !isOnItsOwn(body.messages, sent)) {
		return undefined;
	}
	const messages = [...sent, ...body.messages];
	const isTooMuch = imagesProblem(messages.flatMap(imagesIn).map(({ url }) => url)) !== undefined;
	return isTooMuch ? undefined : { body: { ...body, messages }, warnings };
}

/** Undefined for what is refused: read as a whole, it is told by its place there. */
function readPart(request: ChatRequest): ReadChatRequest | undefined {
	try {
		return readChatRequest(request, { isWhole: false });
	} catch {
		return undefined;
	}
}

/** Whether messages that are legal alone are so behind those before them. */
function isOnItsOwn(added: readonly Message[], before: readonly Message[]): boolean {
	const used = usedIds(before);
	return (
		added.at(-1)?.role !== 'assistant' &&
		added.every(({ role }) => role !== 'system') &&
		![...usedIds(added)].some((id) => used.has(id))
	);
}
