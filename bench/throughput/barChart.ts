export interface Bar {
	name: string;
	value: number;
	/** What stands at its end. */
	label: string;
	isOurs: boolean;
}

const ROW = 26;
const LEFT = 250;
const WIDTH = 760;

/** Bars of one measure, in the order given, as an SVG that reads on light and dark pages. */
export function barChart(title: string, bars: readonly Bar[]): string {
	const most = Math.max(...bars.map(({ value }) => value));
	const height = 44 + bars.length * ROW;
	const rows = bars.map(({ name, value, label, isOurs }, index) => {
		const y = 40 + index * ROW;
		const width = Math.max(2, (value / most) * (WIDTH - LEFT - 130));
		return [
			`<text x="${LEFT - 8}" y="${y + 14}" text-anchor="end">${escape(name)}</text>`,
			`<rect x="${LEFT}" y="${y}" width="${width.toFixed(1)}" height="18" rx="3" fill="${isOurs ? '#e8590c' : '#868e96'}"/>`,
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
