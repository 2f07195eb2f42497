import type { EvaluationReport } from '../../core';
import { counted, escaped, cascadeText, markText, paidText, percent, shortName } from './inWords';
import { costPlot, documentGrid, fieldBars, intervalBars } from './plots';
import { comparisonTable, modelTable, type Table } from './rows';

/** A report as one self-contained page: no script, no font, no connection. */
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
		section('Which fields fail', fieldBars(report)),
		section('Which documents fail', `${documentGrid(report)}${worstHtml(report)}`),
	];
	const facts = `${counted(cases, 'case')}, ${counted(models.length, 'model')}, ${counted(requests, 'request')}, ${paidText(costUsd)}`;
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
	const head = heads.map((text) => `<th scope="col">${escaped(text)}</th>`).join('');
	const body = rows.map(([first = '', ...rest]) => {
		const cells = rest.map(
			(text, at) => `<td data-head="${escaped(heads[at + 1] ?? '')}">${escaped(text)}</td>`,
		);
		return `<tr><th scope="row">${escaped(first)}</th>${cells.join('')}</tr>`;
	});
	return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`;
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

/**
 * Light or dark by the reader's own setting. On narrow screens, from 320 px, each row of a table
 * becomes a list.
 */
const STYLE = `
:root{color-scheme:light dark;--ink:#1b1f24;--quiet:#5b6570;--page:#fbfaf8;--card:#fff;--line:#dfdcd6;--good:#2f7d5b;--bad:#b3402e;--mid:#b07a1e;--a:#2b5fa8;--b:#a2542a;--c:#6b4fa0;--d:#2f7d5b;--e:#8a3b66;--f:#5d6b1f}
@media (prefers-color-scheme:dark){:root{--ink:#e8e6e3;--quiet:#a2abb5;--page:#15181c;--card:#1d2126;--line:#363c44;--good:#62bd93;--bad:#ee8370;--mid:#e0b057;--a:#7fb0f0;--b:#e5a077;--c:#b9a0ea;--d:#62bd93;--e:#e08fb8;--f:#bac96a}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:70rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.6rem;line-height:1.2;margin:0}
h2{font-size:1.05rem;margin:0 0 .75rem}
.facts,.quiet,footer{color:var(--quiet)}
.facts{margin:.25rem 0 0}
section{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:1rem;margin:1rem 0;min-width:0}
section p{max-width:68ch;margin:0 0 .5rem}
.notes{color:var(--mid);padding-left:1.2rem}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:.9rem;margin-top:.75rem}
th,td{padding:.35rem .6rem;text-align:right;vertical-align:top;border-bottom:1px solid var(--line)}
thead th{color:var(--quiet);font-weight:500;vertical-align:bottom}
th:first-child{text-align:left;font-weight:500}
tbody th,td:last-child{overflow-wrap:anywhere}td:not(:last-child){white-space:nowrap}
tbody tr:last-child>*{border-bottom:0}
.plot{position:relative;height:16rem;margin:.75rem 1.5rem 2.5rem 4rem;max-width:52rem}
.plot span{position:absolute;font-size:.8rem;color:var(--quiet)}
.plot .row{left:0;right:0;border-bottom:1px solid var(--line)}
.plot .row span{right:100%;margin-right:.5rem;transform:translateY(-50%);white-space:nowrap}
.plot .column{top:100%;margin-top:.4rem;transform:translateX(-50%);white-space:nowrap}
.plot .span{width:2px;margin-left:-1px}
.plot .dot{width:12px;height:12px;border-radius:50%;transform:translate(-50%,50%)}
.bars{display:grid;gap:.5rem}
.bar{display:grid;grid-template-columns:minmax(6rem,14rem) 1fr 4.5rem;gap:.6rem;align-items:center;font-size:.9rem}
.bar .name{overflow-wrap:anywhere}
.bar .track{position:relative;height:.9rem;background:var(--line);border-radius:3px;overflow:hidden}
.bar .fill{position:absolute;inset:0 auto 0 0;border-radius:3px}
.bar .span{position:absolute;top:0;bottom:0;background:color-mix(in srgb,var(--ink) 28%,transparent);border-inline:2px solid var(--ink)}
.bar .value{text-align:right;font-variant-numeric:tabular-nums}
.group{margin:.2rem 0 1.1rem}
.group>b{display:block;font-weight:600;font-size:.9rem;margin-bottom:.25rem;overflow-wrap:anywhere}
.grid{display:flex;flex-wrap:wrap;gap:3px;margin:.25rem 0 .75rem}
.grid i{width:14px;height:14px;border-radius:2px;background:var(--good)}
.grid i.some{background:var(--mid)}.grid i.many{background:var(--bad)}.grid i.none{background:transparent;border:1px dashed var(--quiet)}
.key{display:flex;flex-wrap:wrap;gap:.2rem 1rem;font-size:.85rem;color:var(--quiet);margin:0 0 .75rem}
.key span{min-width:0;overflow-wrap:anywhere}
.key i{display:inline-block;width:.7rem;height:.7rem;border-radius:2px;margin-right:.35rem}
details{border-top:1px solid var(--line)}
summary{display:grid;grid-template-columns:1fr auto 4.5rem;gap:.75rem;padding:.45rem 0;cursor:pointer;font-size:.9rem}
summary span{overflow-wrap:anywhere}
summary span:last-child{text-align:right;font-variant-numeric:tabular-nums}
summary:focus-visible{outline:2px solid var(--a);outline-offset:2px}
details ul{margin:0 0 .75rem;padding-left:1.2rem;font-size:.9rem;overflow-wrap:anywhere}
footer{font-size:.85rem;max-width:68ch}
@media (max-width:60rem){thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}table,tbody{display:block}tr{display:grid;grid-template-columns:repeat(auto-fill,minmax(7.5rem,1fr));gap:.4rem .75rem;padding:.6rem 0;border-bottom:1px solid var(--line)}tbody tr:last-child{border-bottom:0}th,td,td:not(:last-child){display:block;padding:0;border:0;text-align:left;white-space:normal;overflow-wrap:anywhere}th:first-child{grid-column:1/-1;font-weight:600}td::before{content:attr(data-head);display:block;color:var(--quiet);font-size:.8rem}}
@media (max-width:30rem){main{padding:1rem .6rem 2rem}section{padding:.75rem}.bar{grid-template-columns:5.5rem 1fr 3.6rem;gap:.4rem;font-size:.8rem}.plot{margin:.75rem .75rem 2.5rem 3.2rem}.plot span{font-size:.7rem}.plot .column:nth-of-type(even){display:none}}
`;
