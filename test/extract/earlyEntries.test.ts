import { z } from 'zod/v4';
import { inOneGo } from '../../core/lib/steps';
import { chunkText } from '../../core/extract/parts/chunk';
import { openEarlyEntries } from '../../core/extract/parts/earlyEntries';
import { mergeValues } from '../../core/extract/parts/merge';
import { shareOf } from '../support/sweep';
import { LANGUAGES, LAYOUTS } from './rowLayouts';
import { rowReader, rowsOf, textOfRows } from './rowTexts';

const schema = { type: 'object', properties: { rows: { type: 'array' } } };

/** The entries that are told while parts are read, by path, and the merged value. */
function readEarly(text: string, read: (text: string) => unknown[], overlap: number) {
	const told = new Map<string, unknown>();
	const again: string[] = [];
	const early = openEarlyEntries(schema, (value, path) => {
		const at = path.join('/');
		if (told.has(at)) again.push(at);
		told.set(at, value);
	});
	const parts = chunkText(text, { size: 700, overlap });
	const given = parts.map((part) => ({ part, value: { rows: read(part.text) } }));
	for (const [index, { part, value }] of given.entries()) {
		const next = parts[index + 1];
		inOneGo(early({ part, value, sharedWithNext: next?.text.slice(0, next.shared) ?? '' }));
	}
	const merged = mergeValues(
		given.map(({ part: { text: own, shared }, value }) => ({
			...{ value, shared: own.slice(0, shared), own: own.slice(shared) },
		})),
		schema,
	);
	return { told, again, merged: merged.value };
}

describe.each(Object.keys(LAYOUTS))('%s', (layout) => {
	test.each(LANGUAGES)('%s: what is told early is in the result, at its place', (language) => {
		const rows = rowsOf(language, 60, 2);
		const text = textOfRows(rows, { layout, language });
		const place = Object.keys(LAYOUTS).indexOf(layout) + LANGUAGES.indexOf(language);
		for (const overlap of shareOf([0, 200], 1, place)) {
			const read = rowReader({ layout, language });
			const { told, again, merged } = readEarly(text, read, overlap);
			const list = z.object({ rows: z.array(z.unknown()) }).parse(merged).rows;
			const final = list.map((row, at) => [`rows/${at}`, row] as const);
			expect(again).toEqual([]);
			expect(Object.fromEntries(final)).toMatchObject(Object.fromEntries(told));
			expect(told.size).toBeGreaterThan(final.length / 4);
		}
	});
});
