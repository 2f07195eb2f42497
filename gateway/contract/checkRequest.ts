import type { z } from 'zod/v4';
import { isRecord } from '../../core/lib/isRecord';
import { findModel } from '../../core/models';
import { own } from '../../core/lib/own';
import {
	chatBodySchema,
	parametersSchema,
	type ChatBody,
	type Parameters,
	messagesSchema,
} from './chatBody';
import { BLANK, checkContents } from './checkContents';
import { checkConversation } from './checkConversation';
import { checkTools } from './checkTools';
import { errorBody, type Refusal, refuse, refuseAsClaude, dottedPath } from './refusal';

/** A key that works, or one whose prepaid credit is used up. */
export type KeyState = 'active' | 'noCredit';

const CHAT_PATH = '/api/v1/chat/completions';

interface Incoming {
	method: string;
	path: string;
	headers: { authorization?: string | undefined };
	body: unknown;
}

/** Who is calling, then what for, then whether the body follows the contract. */
export function checkRequest(seen: Incoming, keys: Record<string, KeyState>): Checked {
	const refusal = checkAccess(seen.headers.authorization, keys) ?? checkRoute(seen);
	return refusal ? { refusal } : checkBody(seen.body);
}

function checkAccess(
	authorization: string | undefined,
	keys: Record<string, KeyState>,
): Refusal | undefined {
	const key = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
	const state = own(keys, key ?? '');
	if (state === 'active') return undefined;
	if (state === 'noCredit') {
		const message = 'The credit of this account is used up: top it up in the dashboard.';
		return {
			status: 402,
			...errorBody({ message, type: 'insufficient_quota', code: 'insufficient_quota' }),
		};
	}
	const message = key
		? 'Incorrect API key provided.'
		: 'No API key provided: send "Authorization: Bearer th-…".';
	return { status: 401, ...errorBody({ message, code: 'invalid_api_key' }) };
}

function checkRoute({ method, path }: Incoming): Refusal | undefined {
	if (method === 'POST' && path.split('?')[0] === CHAT_PATH) return undefined;
	const message = `Unknown request URL: ${method} ${path}. Only POST ${CHAT_PATH} exists.`;
	return { status: 404, ...errorBody({ message, code: 'unknown_url' }) };
}

type Checked = { body: ChatBody; refusal?: undefined } | { refusal: Refusal };

/** The contract, in its order: model, parameters, messages. */
export function checkBody(body: unknown): Checked {
	if (!isRecord(body)) {
		return {
			refusal: { status: 400, ...errorBody({ message: 'The body is not a JSON object.' }) },
		};
	}
	const refusal =
		checkWellFormed(body) ?? checkModel(body) ?? checkParameters(body) ?? checkMessages(body);
	if (refusal) return { refusal };
	const read = chatBodySchema.safeParse(body);
	if (!read.success) return { refusal: firstRefusal(read.error) };
	const broken = checkContents(read.data.messages) ?? checkConversation(read.data);
	return broken ? { refusal: broken } : { body: read.data };
}

function checkModel({ model }: Record<string, unknown>): Refusal | undefined {
	if (typeof model !== 'string') return refuse('model', 'must be given, as a text');
	if (findModel(model)) return undefined;
	const message = `The model "${model}" does not exist or you do not have access to it.`;
	return { status: 404, ...errorBody({ message, param: 'model', code: 'model_not_found' }) };
}

function checkParameters(body: Record<string, unknown>): Refusal | undefined {
	const read = parametersSchema.safeParse(body);
	return read.success ? checkCombinations(read.data) : firstRefusal(read.error);
}

function checkMessages({ messages }: Record<string, unknown>): Refusal | undefined {
	const read = messagesSchema.safeParse(messages);
	return read.success ? undefined : firstRefusal(read.error, ['messages']);
}

/** Rules that involve several parameters. */
function checkCombinations(body: Parameters): Refusal | undefined {
	if (body.temperature !== undefined && body.top_p !== undefined) {
		return refuse('top_p', 'use temperature or top_p, never both');
	}
	if (body.stream_options && !body.stream) {
		return refuse('stream_options', 'is allowed only with stream: true');
	}
	return checkStop(body) ?? checkTools(body) ?? checkToolChoice(body);
}

function checkStop({ stop = [] }: Parameters): Refusal | undefined {
	const blank = stop.findIndex((text) => BLANK.test(text));
	if (blank < 0) return undefined;
	const rule = 'each stop sequence must contain non-whitespace';
	return refuseAsClaude(`stop[${blank}]`, `stop_sequences: ${rule}`);
}

function checkToolChoice({ tool_choice: choice, tools }: Parameters): Refusal | undefined {
	if (choice === undefined) return undefined;
	if (!tools) return refuse('tool_choice', 'is allowed only with tools');
	if (typeof choice === 'string') return undefined;
	const wanted = choice.function.name;
	if (tools.some((tool) => tool.function.name === wanted)) return undefined;
	return refuse('tool_choice', `names "${wanted}", which is not among the tools`);
}

/** An unpaired surrogate is not a character: some JSON parsers read it, Claude's does not. */
function checkWellFormed(body: unknown): Refusal | undefined {
	const place = placeOfLoneSurrogate(body, 'body');
	if (place === undefined) return undefined;
	return refuseAsClaude(
		place,
		`The request body is not valid JSON: no low surrogate in string: ${place}`,
	);
}

function placeOfLoneSurrogate(value: unknown, path: string): string | undefined {
	if (typeof value === 'string') return value.isWellFormed() ? undefined : path;
	if (typeof value !== 'object' || value === null) return undefined;
	for (const [key, inner] of Object.entries(value)) {
		const place = key.isWellFormed() ? placeOfLoneSurrogate(inner, `${path}.${key}`) : path;
		if (place !== undefined) return place;
	}
	return undefined;
}

type Issue = z.core.$ZodIssue;

/** The first problem zod found, as an OpenAI-shaped 400. */
function firstRefusal(error: z.ZodError, under: PropertyKey[] = []): Refusal {
	const [issue] = error.issues;
	if (!issue) return refuse('body', 'is not valid');
	return toRefusal(issue, under);
}

function toRefusal(issue: Issue, under: PropertyKey[]): Refusal {
	const path = [...under, ...issue.path];
	const branch = issue.code === 'invalid_union' ? deepestBranch(issue.errors) : undefined;
	if (branch) return toRefusal(branch, path);
	if (issue.code === 'unrecognized_keys') {
		const unknown = dottedPath([...path, issue.keys[0] ?? '']);
		return refuse(unknown, 'is not a documented parameter', 'unknown_parameter');
	}
	return refuse(dottedPath(path) || 'body', issue.message);
}

/** The branch of a union that fits best is meant: the one whose type was right. */
function deepestBranch(branches: readonly Issue[][]): Issue | undefined {
	return branches
		.flatMap((issues) => issues.slice(0, 1))
		.find((issue) => issue.path.length > 0 || issue.code === 'too_small');
}
