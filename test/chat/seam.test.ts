import { openSeam, repeatedLength } from '../../core/chat/seam';

const TEXT =
	'The ship left the harbour at noon. Its captain had read the letter twice and said noth';

/** What stood there, how the model goes on, and what is new of that. */
test.each([
	['the last hundred characters', TEXT, `${TEXT}ing.`, 'ing.'],
	['a shorter end', TEXT, 'read the letter twice and said nothing.', 'ing.'],
	['a few words of it', TEXT, 'and said nothing.', 'ing.'],
	['nothing', TEXT, 'ing.', 'ing.'],
	[
		'words that stand there twice',
		'to be or not to be or not ',
		'to be or not at all',
		'to be or not at all',
	],
	['rows of a table', '| a | b |\n| a | b |\n', '| a | b |\n| c |', '| a | b |\n| c |'],
	['figures', 'x = 100 200 300 400 ', '300 400 500', '300 400 500'],
	['a word alone', 'He said wonderful', 'wonderful things', 'wonderful things'],
	[
		'half a word',
		'It was not done by him alone',
		'ne by him alone, they said',
		'ne by him alone, they said',
	],
	['other writing', 'Корабль вышел из гавани в полд', 'вышел из гавани в полдень', 'ень'],
])('a continuation that repeats %s', (_name, text, more, fresh) => {
	expect(more.slice(repeatedLength(text, more))).toBe(fresh);
	const seam = openSeam(text);
	const pieces = [...more].map((letter) => seam.add(letter));
	expect(pieces.join('') + seam.end()).toBe(fresh);
});
