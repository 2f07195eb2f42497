import { USAGE, WHOLE, type AnswerRow } from './answerRow';
import { chunk, event, type RawReply } from './rawGateway';

/** An answer is over when all is said: not when its connection ends, and whatever it calls itself. */

const EVENTS = [chunk({ content: 'H' }), chunk({ content: 'i' }), chunk({}, 'stop', USAGE)];
const BODIES: Array<[name: string, body: string]> = [
	['events', [...EVENTS, '[DONE]'].map(event).join('')],
	['events without [DONE]', EVENTS.map(event).join('')],
	['events after blanks', `\n\n  ${[...EVENTS, '[DONE]'].map(event).join('')}`],
	['JSON', JSON.stringify(WHOLE)],
	['JSON over lines', JSON.stringify(WHOLE, undefined, 2)],
];

const TYPES = ['application/json', 'text/event-stream', 'text/html', undefined];

const ENDS: Array<[name: string, toReply: (body: string) => RawReply]> = [
	['its connection stays open', (body) => ({ body, staysOpen: true })],
	[
		'its length is said to be more',
		(body) => ({ body, headers: { 'content-length': String(body.length + 7) } }),
	],
	[
		'its last chunk never comes',
		(body) => ({
			headers: { 'transfer-encoding': 'chunked' },
			body: `${body.length.toString(16)}\r\n${body}\r\n`,
		}),
	],
];

/** Events have no end of their own but their reason. */
export const openRows: AnswerRow[] = ENDS.flatMap(([end, toReply]) =>
	BODIES.flatMap(([body, text]) =>
		TYPES.flatMap((type) =>
			(['whole', 'stream'] as const).map((way): AnswerRow => {
				const reply = toReply(text);
				const headers = { ...reply.headers, ...(type ? { 'content-type': type } : {}) };
				const name = `${body} as ${type ?? 'nothing'}, and ${end}`;
				return [name, way, { ...reply, headers }, { text: 'Hi', usage: { totalTokens: 15 } }];
			}),
		),
	),
);
