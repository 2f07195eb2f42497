import { completion, json, sse, type RawReply, type Way } from './rawGateway';

/** What a gateway answers, and the result that it is. */
export type AnswerRow = [name: string, way: Way, reply: RawReply, result: object];

export const WHOLE = completion({ content: 'Hi' });
export const USAGE = { usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 } };

export const whole = (name: string, answer: object, result: object): AnswerRow => [
	...([name, 'whole', json(answer), result] as const),
];
export const streamed = (name: string, values: unknown[], result: object): AnswerRow => [
	...([name, 'stream', sse(values), result] as const),
];
export const says = (message: object, finish: unknown = 'stop') => ({
	...WHOLE,
	choices: [{ index: 0, message, finish_reason: finish }],
});
export const part = (text: unknown) => ({ type: 'text', text });
