import type { EvaluationReport, Mark } from '../../core';

/** Nothing that a document or a model says moves a cursor, clears a screen or turns a line around. */
export const visible = (text: string) =>
	text.replace(/(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu, '�');

/** Numbers for people. A share below 1 is never rounded to 100 %. */
export function percent(share: number): string {
	const text = (100 * share).toFixed(1);
	return share < 1 && text === '100.0' ? '> 99.9 %' : `${text} %`;
}

export const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

/** Of a change, in points of a hundred. */
export const points = (share: number) => `${share > 0 ? '+' : ''}${(100 * share).toFixed(1)}`;

export function usd(amount: number | null): string {
	if (amount === null) return 'unknown';
	const digits = String(Number(amount.toPrecision(3)));
	return `$${amount >= 1 || (amount > 0 && digits.length < 4) ? amount.toFixed(2) : digits}`;
}

/** What an evaluation has cost. */
export const paidText = (amount: number | null) => (amount === null ? 'cost unknown' : usd(amount));

export function seconds(ms: number): string {
	return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

export const shortName = (model: string) => model.replace(/^[^/]+\//, '');

/** What stands in a difference; long values are cut. */
function valueText(value: unknown): string {
	if (value === undefined) return '—';
	const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
	return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

export const markText = ({ path, expected, actual }: Mark) =>
	`${path || '(whole answer)'}: expected ${valueText(expected)}, got ${valueText(actual)}`;

/** The recommendation in one paragraph; undefined where none was asked for, or none can be given. */
export function cascadeText({ cascade }: EvaluationReport): string | undefined {
	if (!cascade) return undefined;
	const { model, escalateTo, minEvidence, f1, target, costPer1000Usd, costInterval, sure } =
		cascade;
	const chain = [model, ...escalateTo].map(shortName).join(' → ');
	const evidence = minEvidence > 0 ? `, minEvidence ${minEvidence}` : '';
	const range = costInterval.map(usd).join('–');
	const head = cascade.isReached
		? `Cheapest way to F1 ${percent(target)}: `
		: `No way to F1 ${percent(target)} is sure enough. The surest is `;
	return `${head}${chain} (maxRepairs 0${evidence}). Here it gives ${percent(f1)} and costs ${usd(costPer1000Usd)} for 1,000 documents (${range}); other documents of this kind reach the target with a probability of ${sure > 0.999 ? 'over 99.9 %' : percent(sure)}.${cascade.isReached ? '' : ' More labeled cases would make it surer.'}`;
}

/** A text as it may stand in HTML, and in an attribute. */
export function escaped(text: string): string {
	return visible(text)
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#39;');
}

const COLOURS = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Of the n-th model, the same in every plot. */
export const colourOf = (at: number) => `var(--${COLOURS[at % COLOURS.length] ?? 'a'})`;
