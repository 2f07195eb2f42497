import type { EvaluationReport } from '../../core';
import { cascadeText, counted, markText, paidText, percent, shortName, visible } from './inWords';
import { comparisonTable, fieldTable, modelTable, type Table } from './rows';

const tablesOf = (report: EvaluationReport) =>
	[modelTable(report), comparisonTable(report), fieldTable(report, 10)].filter(
		({ rows }) => rows.length > 0,
	);

function endOf(report: EvaluationReport): string[] {
	const cascade = cascadeText(report);
	const { cases, costUsd, requests } = report;
	return [
		...(cascade === undefined ? [] : [cascade]),
		...report.warnings.map((warning) => `Note: ${warning}.`),
		`${counted(cases, 'case')}, ${counted(requests, 'request')}, ${paidText(costUsd)}.`,
	];
}

/** For a terminal. */
export function terminalText(report: EvaluationReport): string {
	const tables = tablesOf(report).map(({ heads, rows }) =>
		columns(lineOf(heads), rows.map(lineOf)),
	);
	return [...tables, ...lineOf(endOf(report))].join('\n\n');
}

/** A cell is one line. */
const lineOf = (cells: readonly string[]) =>
	cells.map((cell) => visible(cell.replace(/\s+/g, ' ')));

function columns(heads: readonly string[], rows: readonly string[][]): string {
	const lines = [heads, ...rows];
	const widths = heads.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)));
	const written = lines.map((line) =>
		line
			.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
			.join('  ')
			.trimEnd(),
	);
	const [head = '', ...rest] = written;
	return [head, '─'.repeat(head.length), ...rest].join('\n');
}

/** A report as Markdown, such as for a pull request. */
export function reportMarkdown(report: EvaluationReport): string {
	const worst = report.results
		.filter(({ differences }) => differences.length > 0)
		.sort((a, b) => a.f1 - b.f1)
		.slice(0, 10)
		.map((one) => {
			const { id, model, f1, error } = one;
			const said = error ? error.message : one.differences.slice(0, 5).map(markText).join('; ');
			return `- **${plain(id)}**, ${plain(shortName(model))}, ${percent(f1)}: ${plain(said)}`;
		});
	const blocks = [
		'# Evaluation',
		...tablesOf(report).map(markdownTable),
		...endOf(report).map(plain),
		...(worst.length > 0 ? ['## Where it failed', worst.join('\n')] : []),
	];
	return `${blocks.join('\n\n')}\n`;
}

function markdownTable({ heads, rows }: Table): string {
	const line = (cells: readonly string[]) => `| ${cells.map(plain).join(' | ')} |`;
	return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Nothing that a document or a model says becomes a mark of Markdown or HTML. */
function plain(text: string): string {
	return visible(text.replace(/\s+/g, ' '))
		.replace(/[\\`*_[\]|#]/g, '\\$&')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;');
}
