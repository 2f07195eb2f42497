import { openSeam, repeatedLength } from '../../core/chat/seam';

const TEXT =
	'The ship left the harbour at noon. Its captain had read the letter twice and said noth';

/** What stood there, how the model goes on, and what is new of that. */
test.each<readonly [name: string, text: string, more: string, fresh: string]>([
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
	['its end behind words', TEXT, 'Continuing: read the letter twice and said nothing.', 'ing.'],
	['its end behind a heading', TEXT, `## The ship\n\n${TEXT.slice(-60)}ing.`, 'ing.'],
	['its end behind two lines', TEXT, `---\n**Part 2**\n${TEXT.slice(-30)}ing.`, 'ing.'],
	['its end behind dots', TEXT, `... ${TEXT.slice(-30)}ing.`, 'ing.'],
	[
		'all of a short one behind many words',
		'The ship left the harbour at n',
		'Here is the rest of the answer that you asked for:\n\nThe ship left the harbour at noon.',
		'oon.',
	],
	[
		'all of a long one behind words',
		`${'One two three. Four five six seven! '.repeat(9)}${TEXT}`,
		`Again:\n${'One two three. Four five six seven! '.repeat(9)}${TEXT}ing.`,
		'ing.',
	],
	['all of it behind words', TEXT, `Here is the whole answer:\n\n${TEXT}ing.`, 'ing.'],
	[
		'a block of code that it opens again',
		'The file:\n```json\n{"name": "harbour", "ships": ["one", "two"]',
		'```json\n{"name": "harbour", "ships": ["one", "two"], "noon": 12}\n```',
		', "noon": 12}\n```',
	],
	[
		'code within a block that it opens',
		'{"name": "harbour", "ships": ["one", "tw',
		'```json\n{"name": "harbour", "ships": ["one", "two"]}',
		'o"]}',
	],
	...[
		[
			'a paragraph under another heading',
			'## A\nNot for this line of products.',
			'## B\nNot for this line of products.\n## C',
		],
		[
			'a line under another heading, at its end',
			'## A\nNot for this line of products\n',
			'## B\nNot for this line of products\n## C',
		],
		[
			'a refrain that stands there twice',
			'Sing along with all of us, now\nSing along with all of us, now',
			'Refrain: Sing along with all of us, now and then',
		],
		['few words behind others', TEXT, 'Note: and said nothing.'],
		[
			'rows behind the rest of a row',
			'Ada, London, Great Britain, engin',
			'eer\nBob, London, Great Britain, engineer',
		],
		[
			'a line of a list that stands there already',
			'<li class="item">Lamp</li>\n<li class="item">Lamp</li>\n',
			'<li class="item">Lamp</li>\n<li class="item">Chair</li>',
		],
		[
			'a refrain of many words',
			'Dark is the night\nAnd the raven said nevermore\nAnd the raven said nevermore\n',
			'And the raven said nevermore\nEnd',
		],
		[
			'a statement that a program has twice',
			'  expect(read(file)).toEqual(wanted);\n  go();\n  expect(read(file)).toEqual(wanted);\n',
			'  expect(read(file)).toEqual(wanted);\n  stop();',
		],
	].map(([name = '', text = '', more = '']) => [name, text, more, more] as const),
	['other writing', 'Корабль вышел из гавани в полд', 'вышел из гавани в полдень', 'ень'],
])('a continuation that repeats %s', (_name, text, more, fresh) => {
	expect(more.slice(repeatedLength(text, more))).toBe(fresh);
	const seam = openSeam(text);
	const pieces = [...more].map((letter) => seam.add(letter));
	expect(pieces.join('') + seam.end()).toBe(fresh);
});
