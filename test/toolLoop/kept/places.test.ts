import * as fc from 'fast-check';
import { findPath, pathTo, readPath } from '../../../core/json/jsonPath';
import { walkJson } from '../../../core/json/walkJson';
import { inOneGo } from '../../../core/lib/steps';
import { patternPlaces } from '../../../core/schema/patterns/patternPlaces';
import { jsonText } from '../../../core/toolLoop/results/jsonText';
import { wordHits } from '../../../core/toolLoop/kept/wordHits';
import { toolContent } from '../../../core/toolLoop/toolContent';
import { casesOf } from '../../support/sweep';

const names = fc.constantFrom('a', 'b.c', '["', 'é🎉', '', 'first name', '__proto__', "it's", '7');
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
	value: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		fc.constantFrom(null, true, false, 0, -1.5e-9, '', 'x"y', '\\', '\n', '[{"', '🎉'),
		fc.array(tie('value'), { maxLength: 4 }),
		fc.array(fc.tuple(names, tie('value')), { maxLength: 4 }).map((pairs) => {
			const fields: Record<string, unknown> = {};
			Reflect.setPrototypeOf(fields, null);
			for (const [name, part] of pairs) Reflect.set(fields, name, part);
			return fields;
		}),
	),
}));

test('large values become the same JSON as small ones', () => {
	fc.assert(
		fc.property(value, (given) => {
			expect(inOneGo(jsonText(given))).toBe(JSON.stringify(given));
		}),
	);
	const odd = [undefined, { a: undefined, b: -0, c: NaN }, new Array(2)];
	expect(inOneGo(jsonText(odd))).toBe(JSON.stringify(odd));
});

test('every value of any JSON has a path that leads back to it', () => {
	fc.assert(
		fc.property(value, fc.constantFrom(undefined, 1, '\t'), (given, indent) => {
			const text = ` ${JSON.stringify(given, undefined, indent)}\r\n`;
			const places: Array<{ path: string; start: number; end: number }> = [];
			const end = inOneGo(
				walkJson(text, 0, ({ kind, start, end: until }, levels) => {
					const path = pathTo(text, levels);
					if (kind !== 'name' && path !== undefined) places.push({ path, start, end: until });
				}),
			);
			expect(text.slice(end)).toBe('\r\n');
			for (const { path, start, end: until } of places.filter((place) => place.path !== '')) {
				const parts = readPath(path);
				expect(inOneGo(findPath(text, 1, parts ?? []))).toEqual({
					ok: true,
					start,
					end: until,
					alike: 0,
				});
			}
		}),
	);
});

test('what is not JSON is none, wherever it breaks off', () => {
	fc.assert(
		fc.property(value, fc.nat(), (given, at) => {
			const text = JSON.stringify([given]);
			const cut = text.slice(0, at % text.length);
			expect(inOneGo(walkJson(cut, 0, () => false))).toBeUndefined();
		}),
	);
	for (const text of [
		'{a:1}',
		'[1,]',
		'{"a":}',
		'{"a" 1}',
		'[1 2]',
		'+1',
		'01x',
		`${'['.repeat(201)}${']'.repeat(201)}`,
	]) {
		const end = inOneGo(walkJson(text, 0, () => false));
		expect(end === text.length).toBe(false);
	}
});

const atom = fc.constantFrom(
	'a',
	'b',
	'.',
	'[ab]',
	'\\d',
	'\\w',
	'\\s',
	'é',
	'🎉',
	'^',
	'$',
	'\\b',
	'(?:a|bc)',
	'(?<=a)',
	'(?!b)',
	'\\n',
);
const source = fc
	.array(fc.tuple(atom, fc.constantFrom('', '', '*', '+', '?', '{2}')), {
		minLength: 1,
		maxLength: 5,
	})
	.map((parts) =>
		parts
			.map(([part, count]) => (/^[\^$]|^\\b|^\(\?[<!]/.test(part) ? part : part + count))
			.join(''),
	);
const line = fc
	.array(fc.constantFrom('a', 'b', 'c', '7', ' ', '\n', '\r\n', 'é', '🎉'), { maxLength: 40 })
	.map((letters) => letters.join(''));

test('the places of an expression are those at which JavaScript finds it', () => {
	fc.assert(
		fc.property(source, line, (pattern, text) => {
			const search = patternPlaces(pattern, false);
			if (!search.ok) return expect(search.problem).toMatch(/empty text|bounded time/);
			const found: number[] = [];
			inOneGo(search.places(text, (at) => found.push(at) < 0));
			const sticky = new RegExp(pattern, 'muy');
			const expected = Array.from({ length: text.length }, (_none, at) => at).filter((at) => {
				sticky.lastIndex = at;
				const match = sticky.exec(text);
				// JavaScript moves into a pair of halves when it is set there.
				return match?.index === at && !/^[\uDC00-\uDFFF]/.test(text.slice(at));
			});
			return expect(found.filter((at) => at < text.length)).toEqual(expected);
		}),
		{ numRuns: casesOf(2_000) },
	);
});

test('of what is made on demand, no more is asked for than is shown', async () => {
	let made = 0;
	function* rows() {
		for (;;) yield { id: (made += 1) };
	}
	async function* pages() {
		for (;;) yield { id: (made += 1) };
	}
	for (const value of [rows(), pages(), { inside: rows() }]) {
		made = 0;
		await toolContent(value, { limit: 1_000, mostKept: 10_000_000 });
		expect(made).toBeLessThan(1_000);
	}
});

test('of a stream of small pieces without end, some are kept', async () => {
	const stream = new ReadableStream({
		pull: (to) => to.enqueue(new TextEncoder().encode('piece ')),
	});
	const { whole = '' } = await toolContent(stream, { limit: 1_000, mostKept: 10_000_000 });
	expect(whole).toMatch(/^piece .*the rest was not read/s);
	expect(whole.length).toBeLessThan(100_000);
});

test('words that stand everywhere are searched for in many small steps', () => {
	const text = 'a b c\n'.repeat(200_000);
	const steps = wordHits(text, 'a b c d e f', 10);
	let count = 0;
	while (!steps.next().done) count += 1;
	// 600,000 words and 400,000 pairs of them.
	expect(count).toBeGreaterThan(1_000_000 / 1_000);
});
