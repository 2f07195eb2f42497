import type { ChatBody } from '../contract/chatBody';
import type { AnswerReply } from '../reply';
import { chooseCalls } from './chooseCalls';
import { jsonAnswer } from './jsonAnswer';
import { limitReply } from './limitReply';
import { plainAnswer, resultsAnswer } from './plainAnswer';
import { readTurn } from './turn';

/** Answers by rules: it reads its input, the same input gives the same answer, and it says so. */
export function demoModel(body: ChatBody, seed: number): AnswerReply {
	const turn = readTurn(body);
	const toolCalls = chooseCalls(body, turn);
	if (toolCalls.length > 0) return limitReply({ toolCalls }, body);
	const results = turn.results.length > 0 ? resultsAnswer(turn) : undefined;
	const text = jsonAnswer(body, turn) ?? results ?? plainAnswer(turn, seed);
	return limitReply({ text }, body);
}
