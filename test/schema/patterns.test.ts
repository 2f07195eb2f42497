import fc from 'fast-check';
import { compilePattern } from '../../core/schema/patterns/automaton';
import { parsePattern } from '../../core/schema/patterns/parsePattern';
import { patternTest } from '../../core/schema/patterns/patternTest';
import { runner } from '../../core/schema/patterns/runAutomaton';
import { withinBudget } from '../../core/schema/patterns/budget';

/** By the automaton alone, however simple the pattern is. */
function automatonTest(source: string, flags: string): ((text: string) => boolean) | undefined {
	const compiled = compilePattern(parsePattern(source, flags));
	if (!compiled) return undefined;
	const run = runner(compiled, /[uv]/.test(flags));
	return (text) => run({ text, begins: true, ends: true }, () => true);
}

function isSyntax(source: string, flags: string): boolean {
	try {
		return new RegExp(source, flags).source !== '';
	} catch {
		return false;
	}
}

const atom = fc.constantFrom(
	...['a', 'b', '.', '[ab]', '[^a]', '\\d', '\\w', '\\W', '\\s', '[\\]a-c]', 'é', '🎉', '[🎉-🎊]'],
	...['\\.', '\\/', '\\x61', '\\u0062', '\\t', '\\cA', '\\0'],
);
const edge = fc.constantFrom('^', '$', '\\b', '\\B');
const count = fc.constantFrom('*', '+', '?', '*?', '+?', '??', '{2}', '{0,2}', '{1,}', '{2,3}?');
const { pattern } = fc.letrec<{ pattern: string; term: string; group: string }>((tie) => ({
	term: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		atom,
		edge,
		fc.tuple(atom, count).map((parts) => parts.join('')),
		tie('group'),
		fc
			.tuple(tie('group'), count)
			.map(([group, times]) => (/^\(\?(=|!|<[=!])/.test(group) ? group : group + times)),
	),
	group: fc
		.tuple(fc.constantFrom('(', '(?:', '(?=', '(?!', '(?<=', '(?<!'), tie('pattern'))
		.map(([open, inner]) => `${open}${inner})`),
	pattern: fc
		.array(fc.array(tie('term'), { maxLength: 4 }), { minLength: 1, maxLength: 3 })
		.map((choices) => choices.map((terms) => terms.join('')).join('|')),
}));
const text = fc
	.array(
		fc.constantFrom('a', 'b', 'A', 'é', '🎉', '🎊', '1', '.', '/', ' ', '\n', 'c', '\0', '\ud83c'),
		{
			maxLength: 12,
		},
	)
	.map((letters) => letters.join(''));

test('the automaton says what JavaScript says', () => {
	let compared = 0;
	fc.assert(
		fc.property(
			pattern,
			fc.constantFrom('u', 'iu', 'mu', 'su', '', 'i', 'm'),
			fc.array(text, { minLength: 8, maxLength: 8 }),
			(source, flags, texts) => {
				if (!isSyntax(source, flags)) return;
				const own = automatonTest(source, flags);
				if (!own) return;
				const native = new RegExp(source, flags);
				for (const given of ['', ...texts]) {
					// V8 finds what is empty between the two halves of a letter.
					if (/[\ud800-\udfff]/.test(given) && /\\B|\(\?/.test(source)) continue;
					compared += 1;
					expect([source, flags, given, own(given)]).toEqual([
						source,
						flags,
						given,
						native.test(given),
					]);
				}
			},
		),
		{ seed: 11, numRuns: Number(process.env.PATTERN_RUNS ?? 2_000) },
	);
	expect(compared).toBeGreaterThan(5_000);
});

/** Patterns, what each is found in, and what it is not found in. */
const REAL: Array<[pattern: string, yes: string[], no: string[]]> = [
	['^INV-\\d{4}$', ['INV-1234'], ['INV-12345', 'xINV-1234']],
	['^[A-Z]+-\\d+$', ['AB-1'], ['AB-', '-1']],
	['^[\\w.+-]+@[\\w-]+\\.[a-z]+$', ['a.b@c.de'], ['a@b', 'a b@c.de']],
	['^(\\d{3})?-(?:ab|cd)$', ['123-ab', '-cd'], ['12-ab']],
	['^(a+)+$', ['a', 'aaaa'], ['', 'aab']],
	['^(a|aa)+$', ['aaa'], ['b']],
	['^(?:a?){30}a{30}$', ['a'.repeat(30), 'a'.repeat(60)], ['a'.repeat(29), 'a'.repeat(61)]],
	['^((a)*)*$', ['', 'aa'], ['ab']],
	['^(?:x(?:a|b)y)*$', ['', 'xayxby'], ['xay1']],
	['(.)\\1', ['xaay'], ['abab']],
	['^([a-z])\\1$', ['aa'], ['ab']],
	['^(["\']).*\\1$', ['"a"', "'b'"], ['"a\'']],
	['^[(+*]$', ['(', '+'], ['a']],
	['^(?<year>\\d{4})-(?<month>0[1-9]|1[0-2])$', ['2026-11'], ['2026-13']],
	[
		"^(?!\\.)(?!.*\\.\\.)([A-Za-z0-9_'+\\-\\.]*)[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9\\-]*\\.)+[A-Za-z]{2,}$",
		['a.b@c-d.example.com'],
		['.a@b.de', 'a..b@c.de', 'a@b'],
	],
	['^(?=.*[A-Z])(?=.*\\d)(?!.*\\s).{8,}$', ['Passw0rdX'], ['passw0rdx', 'Pass w0rdX', 'P0x']],
	['(?<=€ ?)\\d+(?:[.,]\\d+)*$', ['total € 12.50'], ['total 12.50']],
	['^\\p{Lu}[\\p{L}\\s]*$', ['Ärger mit Öl'], ['ärger', 'Ä1']],
	[
		'^(([^<>()[\\]\\\\.,;:\\s@"]+(\\.[^<>()[\\]\\\\.,;:\\s@"]+)*)|(".+"))@x$',
		['a.b@x'],
		['a..b@x'],
	],
	['^(?i:ab)+c$', ['aBABc'], ['abC']],
	['^(?i:a(?-i:b)?)+c$', ['aAbc'], ['aBc']],
	['^(\\+\\d{1,3}[ -]?)?(\\(?\\d{2,4}\\)?[ -]?)*\\d{3,}$', ['+49 (30) 123 4567'], ['+49 x']],
];

describe('patterns as people write them', () => {
	test.each(REAL)('%s', (source, yes, no) => {
		const compiled = patternTest(source);
		const own = automatonTest(source, 'u');
		for (const [texts, verdict] of [
			[yes, true],
			[no, false],
		] as const) {
			for (const given of texts) {
				expect([given, compiled.ok && compiled.test(given)]).toEqual([given, verdict]);
				if (own) expect([given, own(given)]).toEqual([given, verdict]);
			}
		}
	});
});

/** Each takes JavaScript hours on the text, or longer. */
const HOSTILE: Array<[pattern: string, unit: string, end: string]> = [
	['^(a+)+$', 'a', '!'],
	['^(a|aa)+$', 'a', '!'],
	['(a*)*b', 'a', ''],
	['^(?:a?){30}a{30}$', 'a', '!'],
	[`^${'(?:a|a)'.repeat(40)}$`, 'a', '!'],
	['^a|b+c', 'b', ''],
	['(x+x+)+y', 'x', ''],
	['^(\\w+\\s?)*$', 'word ', '!'],
	[
		'^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$',
		'a',
		'!',
	],
	['(?=(a+)+$)b', 'a', '!'],
	['(?<!(a+)+b)c', 'a', ''],
	['(.*)*\\b\\B', ' a', ''],
	['\\s+$', ' ', 'x'],
	['^(.*?,){11}P', '1,', ''],
	['(?i:(A|a)+)+$', 'a', '!'],
	['(a|b)*a(a|b){12}$', 'ab', '!'],
];

test.each(HOSTILE)('%s ends on a long text', (source, unit, end) => {
	const compiled = patternTest(source);
	if (!compiled.ok) throw new Error(compiled.problem);
	const done = withinBudget(() => compiled.test(unit.repeat(20_000 / unit.length) + end));
	expect(done).toEqual({ result: expect.any(Boolean) });
});

test.each([
	['^(a+)+\\1$', 'a back reference in a pattern that may double'],
	['^((a{1,100}){1,100}){1,100}$', 'counts of counts'],
	['(', 'no pattern'],
	['(?:(?:){999999999})(a+)+\\1', 'nothing, often'],
])('%s is refused: %s', (source) => {
	expect(patternTest(source)).toEqual({ ok: false, problem: expect.any(String) });
});

test('one budget for all: what is spent is spent', () => {
	const compiled = patternTest('(.)(.)(.).*\\1.*\\2.*\\3x');
	if (!compiled.ok) throw new Error(compiled.problem);
	const long = 'ab'.repeat(500);
	expect(withinBudget(() => compiled.test('abcabcx'))).toEqual({ result: true });
	expect(withinBudget(() => compiled.test(long))).toBeUndefined();
	const inner = withinBudget(() => {
		const first = withinBudget(() => compiled.test(long));
		return [first, withinBudget(() => compiled.test('abcabcx'))];
	});
	expect(inner).toEqual({ result: [undefined, undefined] });
});
