export interface Bar {
	name: string;
	value: number;
	/** The text at the end of the bar. */
	label: string;
	isOurs: boolean;
}

const ROW = 26;
const LEFT = 320;
const WIDTH = 820;
const LABEL = 90;

/**
 * A bar chart of one measure, shortest bar first, as an SVG that is readable on light and dark pages. A
 * bar longer than `most` would make the others look alike: it is cut and drawn with a gap.
 */
export function barChart(title: string, given: readonly Bar[], most: number): string {
	const bars = given.toSorted((a, b) => a.value - b.value);
	const height = 44 + bars.length * ROW;
	const rows = bars.map(({ name, value, label, isOurs }, index) => {
		const y = 40 + index * ROW;
		const whole = WIDTH - LEFT - LABEL;
		const width = Math.max(2, Math.min(1, value / most) * whole);
		const gap = `<rect x="${LEFT + whole * 0.9}" y="${y - 1}" width="6" height="20" fill="#fff"/>`;
		return [
			`<text x="${LEFT - 8}" y="${y + 14}" text-anchor="end">${escape(name)}</text>`,
			`<rect x="${LEFT}" y="${y}" width="${width.toFixed(1)}" height="18" rx="3" fill="${isOurs ? '#e8590c' : '#868e96'}"/>`,
			...(value > most ? [gap] : []),
			`<text x="${(LEFT + width + 8).toFixed(1)}" y="${y + 14}">${escape(label)}</text>`,
		].join('\n');
	});
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="13" fill="#868e96">
<text x="8" y="22" font-size="15" font-weight="600">${escape(title)}</text>
${rows.join('\n')}
</svg>
`;
}

function escape(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
