import type { EvaluationReport } from '../../core';
import { cascadeText, markText, percent, shortName, usd } from './inWords';
import { costPlot, documentGrid, fieldBars, intervalBars } from './plots';
import { comparisonTable, fieldTable, modelTable, type Table } from './rows';
import { escaped } from './escaped';
import { STYLE } from './style';

/** A report as one page that needs nothing else: no script, no font, no connection. */
export function reportHtml(report: EvaluationReport): string {
	const { cases, models, costUsd, requests } = report;
	const cascade = cascadeText(report);
	const sections = [
		section('Quality', `${intervalBars(report)}${tableHtml(modelTable(report))}`),
		comparisonTable(report).rows.length > 0
			? section('Against the baseline', tableHtml(comparisonTable(report)))
			: '',
		cascade === undefined ? '' : section('Recommended', `<p>${escaped(cascade)}</p>`),
		section('Cost against quality', costPlot(report)),
		section('Which fields fail', `${fieldBars(report)}${tableHtml(fieldTable(report, 40))}`),
		section('Which documents fail', `${documentGrid(report)}${worstHtml(report)}`),
	];
	const facts = `${cases} cases, ${models.length} models, ${requests} requests, ${usd(costUsd)}`;
	const notes = report.warnings.map((warning) => `<li>${escaped(warning)}</li>`).join('');
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>Evaluation: ${escaped(models.map(({ model }) => shortName(model)).join(', '))}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header><h1>Evaluation</h1><p class="facts">${escaped(facts)}</p></header>
${notes === '' ? '' : `<ul class="notes">${notes}</ul>`}
${sections.join('\n')}
<footer>Intervals hold 95 % of what chance could make of a number, over other documents of the same kind. F1 is the mean of precision and recall that is low when either is.</footer>
</main>
</body>
</html>
`;
}

function section(title: string, content: string): string {
	return `<section><h2>${escaped(title)}</h2>${content}</section>`;
}

function tableHtml({ heads, rows }: Table): string {
	if (rows.length === 0) return '<p class="quiet">Everything is right.</p>';
	const head = heads.map((text) => `<th scope="col">${escaped(text)}</th>`).join('');
	const body = rows.map(([first = '', ...rest]) => {
		const cells = rest.map((text) => `<td>${escaped(text)}</td>`).join('');
		return `<tr><th scope="row">${escaped(first)}</th>${cells}</tr>`;
	});
	return `<div class="scroll" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

const MOST_DOCUMENTS = 60;
const MOST_DIFFERENCES = 40;

function worstHtml({ results }: EvaluationReport): string {
	const failed = results.filter(({ differences }) => differences.length > 0);
	const worst = failed.sort((a, b) => a.f1 - b.f1).slice(0, MOST_DOCUMENTS);
	const entries = worst.map(({ id, model, f1, differences, error }) => {
		const list = differences
			.slice(0, MOST_DIFFERENCES)
			.map((mark) => `<li><b>${mark.verdict}</b> ${escaped(markText(mark))}</li>`);
		const more = differences.length - list.length;
		if (more > 0) list.push(`<li>and ${more} more</li>`);
		const said = error ? `<p>${escaped(error.message)}</p>` : '';
		return `<details><summary><span>${escaped(id)}</span><span>${escaped(shortName(model))}</span><span>${percent(f1)}</span></summary>${said}<ul>${list.join('')}</ul></details>`;
	});
	const rest = failed.length - worst.length;
	const end = rest > 0 ? `<p class="quiet">And ${rest} more, in the JSON report.</p>` : '';
	return `${entries.join('')}${end}`;
}
