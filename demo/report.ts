import Table from 'cli-table3';
import { brief, describeItem } from './describeItem';
import { counted, seconds, usd } from './format';
import type { Outcome } from './outcome';
import type { Paint } from './paint';

const SHOWN_ITEMS = 3;
/** A terminal narrower than this gets the figures in one column, below each other. */
const WIDE = 130;

const WIDE_HEAD = [
	'workflow',
	'result',
	'what came out',
	'model',
	'requests',
	'tokens',
	'cost',
	'time',
];
const NARROW_HEAD = ['workflow', 'what came out', 'spent'];

/** The table of all workflows. */
export function report(outcomes: Outcome[], columns: number, paint: Paint): string {
	const wide = columns >= WIDE;
	const fixed = wide ? [20, 8, 0, 20, 10, 12, 11, 9] : [19, 0, 22];
	const borders = fixed.length + 1;
	const left = Math.max(14, columns - borders - fixed.reduce((sum, width) => sum + width, 0));
	const table = new Table({
		head: (wide ? WIDE_HEAD : NARROW_HEAD).map((title) => paint('bold', title)),
		colWidths: fixed.map((width) => width || left),
		wordWrap: true,
		// Its own colours know neither NO_COLOR nor whether there is a terminal.
		style: { head: [], border: [] },
	});
	table.push(...outcomes.map((outcome) => (wide ? wideRow : narrowRow)(outcome, paint)));
	return table.toString();
}

function wideRow(outcome: Outcome, paint: Paint): string[] {
	const { name, paid, result } = outcome;
	return [
		name,
		verdict(outcome, paint),
		cameOutOf(outcome),
		modelsOf(outcome),
		String(paid.requests),
		`${paid.usage.promptTokens} in\n${paid.usage.completionTokens} out`,
		usd(paid.costUsd),
		seconds(result.ms),
	];
}

function narrowRow(outcome: Outcome, paint: Paint): string[] {
	const { name, paid, result } = outcome;
	const figures = [
		modelsOf(outcome),
		counted(paid.requests, 'request'),
		`${paid.usage.promptTokens} in, ${paid.usage.completionTokens} out`,
		usd(paid.costUsd),
		seconds(result.ms),
	];
	return [`${name}\n${verdict(outcome, paint)}`, cameOutOf(outcome), figures.join('\n')];
}

function verdict({ result }: Outcome, paint: Paint): string {
	if (result.cancelled) return paint('red', 'stopped');
	return result.ok ? paint('green', 'ok') : paint('red', 'failed');
}

function modelsOf({ paid }: Outcome): string {
	return paid.models.map((model) => model.replace('anthropic/', '')).join('\n') || '-';
}

function cameOutOf({ items, result }: Outcome): string {
	if (result.error) return brief(`${result.error.node ?? 'error'}: ${result.error.message}`);
	const shown = items.slice(0, SHOWN_ITEMS).map(describeItem);
	const more = items.length - shown.length;
	if (more > 0) shown.push(`and ${counted(more, 'more item')}`);
	const numbered = items.length > 1 ? shown.map((text, i) => numberedItem(text, i)) : shown;
	return numbered.join('\n') || '(no items)';
}

function numberedItem(text: string, index: number): string {
	return index < SHOWN_ITEMS ? `${index + 1}. ${text}` : text;
}
