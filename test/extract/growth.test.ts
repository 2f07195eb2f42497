import { readAnswer } from '../../core/extract/readAnswer';
import { readTarget } from '../../core/extract/targetSchema';

/** One megabyte of each: what grows with the square of its length does not end within the test. */
const MB = 2 ** 20;
const hostile: Array<[name: string, unit: string]> = [
	['fences that never close', '\n```json [\n'],
	['fences', '\n```'],
	['fences of tildes', '\n~~~json {"a"'],
	['opening brackets', '['],
	['opening braces', '{'],
	['keys', '{"a":'],
	['brackets with a key, in paragraphs', '{"a"\n\n'],
	['strings that never close, in paragraphs', '["\n\n'],
	['strings in fences that never close', '\n```json\n["'],
	['double quotes', '"'],
	['quotes in quotes', '{"a":"" "'],
	['single quotes', "['"],
	['typographic quotes', '{“a”:"'],
	['triple quotes', '["""'],
	['backslashes', '"\\'],
	['blanks', ' '],
	['line breaks', '\n'],
	['blanks behind a bracket', '{}   '],
	['braces too many', '{"a":1}} \n'],
	['doubled braces', '{{'],
	['comments', '[/*'],
	['line comments', '[//'],
	['HTML comments', '<!--'],
	['small objects', '{"a":1} '],
	['small objects with commas', '{"a":1},'],
	['lists in prose', 'as in [1] and '],
	['words', '{"a": b c '],
	['digits', '9'],
	['numbers', '[1 '],
	['dots', '...'],
	['dots in lists', '[1,...'],
	['tags', '<a>'],
	['closed tags', '<a>b</a>'],
	['tags with attributes', '<a b '],
	['table cells', '| a '],
	['table rulers', '|-|\n'],
	['YAML lists', '- '],
	['YAML entries', '- a: 1\n'],
	['YAML keys', 'a: b\n'],
	['YAML comments', '# a\n'],
];
const people = {
	type: 'object',
	properties: { a: { type: 'array', items: { type: 'object', properties: { a: {} } } } },
};

test.each(hostile)('a megabyte of %s is read in one pass', (_name, unit) => {
	const text = unit.repeat(Math.ceil(MB / unit.length));
	const target = readTarget(people);
	for (const given of [text, `x ${text}`, `{"a":1} ${text}`, `${text} {"a":[{"a":1}]}`]) {
		expect(typeof readAnswer(given, target).ok).toBe('boolean');
	}
});

test('the specimen of fences', () => {
	const target = readTarget(people);
	const text = '\n```json [\n'.repeat(8000);
	expect(readAnswer(text, target).ok).toBe(false);
});
