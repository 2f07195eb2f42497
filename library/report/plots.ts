import type { CaseResult, EvaluationReport } from '../../core';
import { percent, shortName, usd, colourOf, escaped } from './inWords';

interface Bar {
	name: string;
	share: number;
	colour: string;
	interval?: readonly [number, number];
}

function bar({ name, share, colour, interval }: Bar): string {
	const [low, high] = interval ?? [0, 0];
	const place = `left:${(100 * low).toFixed(2)}%;width:${(100 * (high - low)).toFixed(2)}%`;
	const span = interval ? `<span class="span" style="${place}"></span>` : '';
	const width = `width:${(100 * share).toFixed(2)}%;background:${colour}`;
	return `<div class="bar"><span class="name">${escaped(name)}</span><span class="track"><span class="fill" style="${width}"></span>${span}</span><span class="value">${percent(share)}</span></div>`;
}

/** The F1 of each model, and what chance could make of it. */
export function intervalBars({ models }: EvaluationReport): string {
	const bars = models.map(({ model, f1, f1Interval }, at) =>
		bar({ name: shortName(model), share: f1, colour: colourOf(at), interval: f1Interval }),
	);
	return `<div class="bars">${bars.join('')}</div>`;
}

const MOST_FIELDS = 40;

/** The fields that fail most, by any model. */
export function fieldBars({ models }: EvaluationReport): string {
	const f1Of = (field: string) =>
		models.map(({ fields }) => fields.find((one) => one.field === field)?.f1);
	const lowest = (field: string) => Math.min(...f1Of(field).map((f1) => f1 ?? 1));
	const names = [...new Set(models.flatMap(({ fields }) => fields.map(({ field }) => field)))];
	const worst = names
		.filter((field) => lowest(field) < 1)
		.sort((a, b) => lowest(a) - lowest(b))
		.slice(0, MOST_FIELDS);
	if (worst.length === 0) return '<p class="quiet">Everything is right.</p>';
	const groups = worst.map((field) => {
		const bars = f1Of(field).map((f1, at) =>
			bar({ name: shortName(models[at]?.model ?? ''), share: f1 ?? 0, colour: colourOf(at) }),
		);
		return `<div class="group"><b>${escaped(field || '(whole answer)')}</b><div class="bars">${bars.join('')}</div></div>`;
	});
	return groups.join('');
}

/** More squares than this are a long page, and tell no more. */
const MOST_SQUARES = 500;

/** A square for each document and model; of many documents, for those that fail. */
export function documentGrid({ models, results }: EvaluationReport): string {
	const key = [
		...['<span><i style="background:var(--good)"></i>all right</span>'],
		...['<span><i style="background:var(--mid)"></i>some wrong</span>'],
		...['<span><i style="background:var(--bad)"></i>half or less right</span>'],
		...['<span><i style="border:1px dashed var(--quiet)"></i>not answered</span>'],
	].join('');
	const grids = models.map(({ model }) => {
		const own = results.filter((one) => one.model === model);
		const isMany = own.length > MOST_SQUARES;
		const failed = own.filter((one) => !one.isScored || one.differences.length > 0);
		const worst = failed.toSorted((a, b) => a.f1 - b.f1).slice(0, MOST_SQUARES);
		const shown = isMany ? worst : own;
		const right = `${own.length - failed.length} of ${own.length} are all right`;
		const ofOthers =
			shown.length < failed.length
				? `${shown.length} of the ${failed.length} others are shown`
				: 'the others are shown';
		const words = isMany ? `: ${right}; ${ofOthers}` : '';
		return `<div class="group"><b>${escaped(shortName(model))}${words}</b><div class="grid">${shown.map(square).join('')}</div></div>`;
	});
	return `<div class="key">${key}</div>${grids.join('')}`;
}

function square({ id, f1, isScored, differences }: CaseResult): string {
	const state = differences.length === 0 ? 'all' : f1 > 0.5 ? 'some' : 'many';
	const title = `${id}: ${isScored ? percent(f1) : 'not answered'}`;
	return `<i class="${isScored ? state : 'none'}" title="${escaped(title)}"></i>`;
}

/** So many lines, which are whole percents where the lowest is one of twenty parts. */
const ROWS = 5;
const ticks = (count: number) => Array.from({ length: count + 1 }, (_, tick) => tick / count);

/** The smallest round number that is not below: 1, 2 or 5, and zeros. */
function roundUp(amount: number): number {
	const unit = 10 ** Math.floor(Math.log10(amount));
	return ([1, 2, 5].find((step) => step * unit >= amount) ?? 10) * unit;
}

const at = (share: number) => `${(100 * share).toFixed(2)}%`;

/** Each model by what 1,000 documents cost and how good it is; the best place is at the top left. */
export function costPlot({ models }: EvaluationReport): string {
	const known = models.flatMap(({ model, f1, f1Interval, costPer1000Usd: cost }, index) =>
		cost === null
			? []
			: [{ name: shortName(model), f1, f1Interval, cost, colour: colourOf(index) }],
	);
	if (known.length === 0) return '<p class="quiet">No model here has a known price.</p>';
	const highest = 1.05 * Math.max(...known.map(({ cost }) => cost)) || 1;
	const step = roundUp(highest / 4);
	const most = step * Math.ceil(highest / step);
	const least = Math.min(...known.map(({ f1Interval }) => f1Interval[0]));
	const floor = Math.max(0, Math.floor(least * 20 - 0.5) / 20);
	const height = (share: number) => (share - floor) / (1 - floor || 1);
	const rows = ticks(ROWS).map((tick) => {
		const label = percent(floor + tick * (1 - floor));
		return `<span class="row" style="bottom:${at(tick)}"><span>${label}</span></span>`;
	});
	const columns = ticks(Math.round(most / step)).map(
		(tick) => `<span class="column" style="left:${at(tick)}">${escaped(usd(tick * most))}</span>`,
	);
	const dots = known.map(({ f1, f1Interval: [low, high], cost, colour, name }) => {
		const left = `left:${at(cost / most)};background:${colour}`;
		const span = `${left};bottom:${at(height(low))};height:${at(height(high) - height(low))}`;
		const title = `${name}: F1 ${percent(f1)}, ${usd(cost)}`;
		return `<span class="span" style="${span}"></span><span class="dot" style="${left};bottom:${at(height(f1))}" title="${escaped(title)}"></span>`;
	});
	const key = known.map(
		({ name, colour, f1, cost }) =>
			`<span><i style="background:${colour}"></i>${escaped(name)}, ${percent(f1)}, ${escaped(usd(cost))}</span>`,
	);
	return `<div class="key">${key.join('')}</div><div class="plot" role="img" aria-label="F1 of each model against its cost">${rows.join('')}${columns.join('')}${dots.join('')}</div><p class="quiet">F1, with what chance could make of it, by US dollars for 1,000 documents.</p>`;
}
