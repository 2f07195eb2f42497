import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArguments } from '../../core/chat/toolCalls';
import { STOP_REASONS } from '../../core';
import { NOT_REGULAR } from '../../core/schema/patterns/patternPlaces';
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
	resultKept: said.resultKept(
		'r1',
		'JSON, 5000000 characters in 1 line: an object with "total" (number), "rows" (list of 50000, the first with "id", "name")',
		{ read: 'read_result', search: 'search_result' },
	),
	headKept: said.headKept(10_000_000, 64_000_000),
	READ_RESULT: said.READ_RESULT,
	SEARCH_RESULT: said.SEARCH_RESULT,
	resultPart: said.resultPart('rows[12] of r1', { from: 1, to: 10_000, length: 25_000, line: 1 }),
	CHARACTERS_OR_LINES: said.CHARACTERS_OR_LINES,
	emptyPart: said.emptyPart('r1', 5_000_000, 900),
	duplicateName: said.duplicateName(2),
	noSuchResult: said.noSuchResult('r9', ['r1', 'r3']),
	resultGone: said.resultGone('r1'),
	resultsGone: said.resultsGone(['r1', 'r2']),
	badPath: said.badPath('rows[-1]'),
	notJson: said.notJson('r1'),
	noSuchPath: said.noSuchPath('"nam"', '"rows.12"', '"id", "name"'),
	hitsIn: said.hitsIn('r1', { shown: 10, skipped: 0, more: true }),
	hitAt: said.hitAt(1, [67_816, 67_827], 'rows[505].customer'),
	noHits: said.noHits('r1', 0),
	notFoundAtAll: said.notFoundAtAll(['zanzibar']),
	WORDS_OR_REGEX: said.WORDS_OR_REGEX,
	badRegex: said.badRegex(NOT_REGULAR),
	regexGivenUp: said.regexGivenUp(32_001),
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
