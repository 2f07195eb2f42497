import { checkAccess, type KeyState } from './checkAccess';
import { checkBody, type Checked } from './checkBody';
import { errorBody, type Refusal } from './refusal';

const CHAT_PATH = '/api/v1/chat/completions';

export interface Incoming {
	method: string;
	path: string;
	headers: { authorization?: string | undefined };
	body: unknown;
}

/** Who is calling, then what for, then whether the body keeps the contract. */
export function checkRequest(seen: Incoming, keys: Record<string, KeyState>): Checked {
	const refusal = checkAccess(seen.headers.authorization, keys) ?? checkRoute(seen);
	return refusal ? { refusal } : checkBody(seen.body);
}

function checkRoute({ method, path }: Incoming): Refusal | undefined {
	if (method === 'POST' && path.split('?')[0] === CHAT_PATH) return undefined;
	const message = `Unknown request URL: ${method} ${path}. Only POST ${CHAT_PATH} exists.`;
	return { status: 404, ...errorBody({ message, code: 'unknown_url' }) };
}
