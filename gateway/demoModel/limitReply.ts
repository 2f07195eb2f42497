import { argumentsText } from '../answer/answer';
import { CHARACTERS_PER_TOKEN } from '../answer/countUsage';
import type { ChatBody } from '../contract/chatBody';
import type { AnswerReply, ScriptedCall } from '../reply';

const DEFAULT_MAX_TOKENS = 1024;

/** Cuts at the first stop sequence and at max_tokens, as the contract says. */
export function limitReply(reply: AnswerReply, body: ChatBody): AnswerReply {
	const text = reply.text === undefined ? undefined : untilStop(reply.text, body.stop ?? []);
	const room = (body.max_tokens ?? DEFAULT_MAX_TOKENS) * CHARACTERS_PER_TOKEN;
	if (text !== undefined) {
		const points = [...text];
		if (points.length <= room) return { ...reply, text };
		return { ...reply, text: points.slice(0, room).join(''), finishReason: 'length' };
	}
	const { calls, isCut } = cutCalls(reply.toolCalls ?? [], room);
	return isCut ? { ...reply, toolCalls: calls, finishReason: 'length' } : reply;
}

function untilStop(text: string, stop: string[]): string {
	const places = stop.map((sequence) => text.indexOf(sequence)).filter((place) => place >= 0);
	return places.length > 0 ? text.slice(0, Math.min(...places)) : text;
}

/** A cut call keeps the beginning of its arguments, as real models leave it. */
function cutCalls(toolCalls: ScriptedCall[], room: number) {
	const calls: ScriptedCall[] = [];
	let left = room;
	for (const call of toolCalls) {
		const points = [...argumentsText(call)];
		calls.push({ ...call, arguments: points.slice(0, left).join('') });
		left -= points.length;
		if (left < 0) return { calls, isCut: true };
	}
	return { calls, isCut: false };
}
