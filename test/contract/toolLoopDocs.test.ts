import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArguments } from '../../core/chat/toolCalls';
import { STOP_REASONS } from '../../core';
import * as said from '../../core/toolLoop/messagesToModel';

const page = readFileSync(join(__dirname, '../../docs/tool-call-loop.md'), 'utf8');

/** Each message as the page shows it. */
const broken = parseArguments('{"a": 1, "b"');
const failure = {
	path: '/orderId',
	message: 'Invalid input: expected string, received undefined',
};
const words: Record<keyof typeof said, string> = {
	unknownTool: said.unknownTool('find_ordr', ['find_order', 'opening_hours']),
	unknownToolHere: said.unknownToolHere('find_ordr', ['find_order'], 'search_tools'),
	searchTools: said.searchTools(['find_order', 'opening_hours']),
	toolsLoaded: said.toolsLoaded(['find_order', 'list_orders']),
	noToolFits: said.noToolFits('brew coffee'),
	notLoaded: said.notLoaded('find_order'),
	notOffered: said.notOffered('find_order'),
	badArguments: said.badArguments(broken.ok ? '' : broken.reason),
	invalidArguments: said.invalidArguments([failure]),
	toolThrew: said.toolThrew('no such order'),
	toolTimedOut: said.toolTimedOut(60_000),
	tooManyCalls: said.tooManyCalls(3, '"find_order"'),
	repeatedCall: said.repeatedCall(3),
	repeatNudge: said.repeatNudge(3),
	notApproved: said.notApproved('too expensive'),
	UNKNOWN_WHETHER_RAN: said.UNKNOWN_WHETHER_RAN,
	leftOut: said.leftOut(4_000_000, 5_000_000),
	imageLeftOut: said.imageLeftOut(
		'image/tiff, 12 kB',
		'it is image/tiff, not PNG, JPEG, GIF or WebP',
	),
	noText: said.noText('binary data, 12 kB'),
	noTextPart: said.noTextPart('application/pdf, 12 kB'),
	unreadablePart: said.unreadablePart('the record is gone'),
	errorPart: said.errorPart('the record is gone'),
	entriesLeftOut: said.entriesLeftOut(800_000),
	restNotRead: said.restNotRead(50_000),
	restUnreadable: said.restUnreadable('read ECONNRESET'),
	resultLeftOut: said.resultLeftOut('find_order({"orderId":"A-1042"})', '40000 characters'),
	summaryOf: said.summaryOf('The user asked for all orders of May. 31 of 40 are checked: …'),
	SUMMARIZE: said.SUMMARIZE,
	HOLDS_ITSELF: said.HOLDS_ITSELF,
	NOTHING_RETURNED: said.NOTHING_RETURNED,
	CANCELLED_CALL: said.CANCELLED_CALL,
	LIMIT_REACHED: said.LIMIT_REACHED,
	CUT_CALL: said.CUT_CALL,
	CUT_ANSWER: said.CUT_ANSWER,
	EMPTY_ANSWER: said.EMPTY_ANSWER,
};

test('the page of the loop has every message, in the words of the code, and no other', () => {
	const sections = [...page.matchAll(/^### (\w+)\n[^`#]*```text\n(.*?)\n```/gms)];
	const shown = Object.fromEntries(sections.map(([, name, text]) => [name, text]));
	const trimmed = Object.entries(words).map(([name, text]) => [name, text.trim()]);
	expect(shown).toEqual(Object.fromEntries(trimmed));
	expect(Object.keys(words).sort()).toEqual(Object.keys(said).sort());
});

test('the page of the loop has every stop reason in its table and in its diagram', () => {
	const rows = [...page.matchAll(/^\| `(\w+)` +\|/gm)].map(([, reason]) => reason);
	expect(rows).toEqual(['stopReason', ...STOP_REASONS]);
	const diagram = /```mermaid(.*?)```/s.exec(page)?.[1] ?? '';
	for (const reason of STOP_REASONS) expect(diagram).toMatch(new RegExp(`\\b${reason}\\b`));
});
