import { chunkText } from '../../core/extract/parts/chunk';
import { recordStart } from '../../core/extract/parts/borders';

interface Layout {
	/** Entry by entry, with what stands between them. */
	entry(at: number): string;
	before?: string;
}

/** Irregular on purpose: no order of lines comes back, or a wrong one does. */
const some = (at: number, every: number) => at % every === 1 || at % 7 === 3;

const RECORDS: Record<string, Layout> = {
	'every second one has a line more': {
		entry: (at) => `Name: Ada\n${at % 2 ? 'City: Rome\n' : ''}Age: ${at}\n\n`,
	},
	'lines are left out now and then': {
		entry: (at) => `Title: Pen\n${some(at, 3) ? 'Maker: Old Town\n' : ''}Price: ${at}.50\n\n`,
	},
	'its last line is written like its first one': {
		entry: (at) =>
			`Ada ${at}\nLives in Rome\n${some(at, 4) ? 'Note: old\n' : ''}Age ${at + 20}\n\n`,
	},
	'indented lines, each left out now and then': {
		entry: (at) =>
			`* Ada Poe\n${some(at, 2) ? '  mail: a@x.org\n' : ''}${some(at, 3) ? '  tel: +49 30\n' : ''}`,
	},
};

const LISTS: Record<string, Layout> = {
	'words with a comma': { entry: (at) => `dark red${at % 3 ? ' wine' : ''}, `, before: 'Seen: ' },
	'amounts with a comma': { entry: (at) => `Hal Ray ${at} EUR, `, before: 'Gifts: ' },
	'bars between them': { entry: (at) => `New York ${at} | `, before: 'Towns: ' },
	'a comma of Japanese': { entry: (at) => `赤 ワイン${at}、`, before: '品目：' },
	'a comma of Arabic': { entry: (at) => `أحمر داكن ${at}، ` },
};

describe.each([
	['records of several lines', RECORDS],
	['entries in one line', LISTS],
])('no part cuts %s', (_kind, layouts) => {
	test.each(Object.entries(layouts))('%s', (_name, { entry, before = '' }) => {
		const entries = Array.from({ length: 80 }, (_, at) => entry(at));
		const text = before + entries.join('');
		const starts = new Set([0]);
		let at = before.length;
		for (const { length } of entries) starts.add((at += length));
		for (const [size, overlap] of [
			[200, 0],
			[230, 80],
			[260, 90],
			[400, 10],
		] as const) {
			const parts = chunkText(text, { size, overlap });
			expect(parts.length).toBeGreaterThan(1);
			const cut = parts.filter(({ start, shared }) => !starts.has(start + shared));
			expect([size, overlap, cut.map(({ text: part }) => part.slice(0, 40))]).toEqual([
				...[size, overlap],
				[],
			]);
		}
	});
});

test.each([
	['lines that only the first one leaves out', 'Name: A\nAge: 1\n', 'Name: B\nCity: C\nAge: 2\n'],
	['a line of the last one before it', 'Age: 1\n\n', 'Name: B\nCity: C\nAge: 2\n\n'],
	['an indented line before it', '  Age: 1\n', 'Name: B\n  City: C\n  Age: 2\n'],
])('a record begins where it does: %s', (_name, first, record) => {
	expect(recordStart(first + record.repeat(5))?.shape).toBe('Name: a');
});
