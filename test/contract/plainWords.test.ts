import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/** Words that a native technical writer would not use here, with what to say instead. */
const ODD: Array<[words: RegExp, say: string]> = [
	[/\bmend(s|ed|ing)?\b/i, 'repair'],
	[/\bheal(s|ed|er|ing)?\b/i, 'repair'],
	[/\b(go|goes|going|gone|went) on with\b/i, 'continue'],
	[/\bcom(es?|ing) again\b/i, 'reuse, or repeat'],
	[/\btold so\b/i, 'with a note to'],
	[/, for one\b/i, 'for example'],
	[/\bthere twice\b/i, 'duplicate, or occurs twice'],
	[/\bbecomes? of\b/i, 'happens to'],
	[/\bset aside\b/i, 'leave out, left out'],
	[/\blicences?\b/i, 'license'],
	[/\bwithout a word\b/i, 'silently'],
	[/\bwatchers?\b/i, 'listener, or reader'],
	[/\bbe it\b/i, 'whether'],
	[/\bin whose form ever\b/i, 'in whatever form'],
	[/\bfor ever\b/i, 'forever'],
	[/\banew\b/i, 'again, or start over'],
	[/\bdear(er|est)\b/i, 'more, or most expensive'],
	[/\bat the most\b/i, 'at most'],
	[/\bdear\b/i, 'expensive'],
	[/\bto the byte\b/i, 'byte for byte'],
	[
		/\bone (?!of\b)\w+ an? (line|row|item|part|ticket|page|node|request|turn|message|photo)\b/i,
		'one … per …',
	],
	[/\basked for once more\b/i, 'requested once more'],
	[/\bset-up\b/i, 'setup'],
	[/\b(go|goes|going|gone|went) on (after|when|where)\b/i, 'continue'],
	[/\bheld against\b/i, 'compared with'],
	[/\blaid in parallel\b/i, 'aligned'],
	[/\b(is|are|was|were) no part of\b/i, 'is not in, or does not include'],
	[/\bonce an? (process|run|client|item|request|call)\b/i, 'once per …'],
	[/\b(CPU|characters|tokens|letters|requests?) an? (item|token|line|word|run)\b/i, '… per …'],
	[/\b(behaviour|honour|colour|favour|catalogue|recognis|summaris)\w*/i, 'American spelling'],
	[
		/(?<!there )\b(is|was) no (JSON|URL|schema|function|number|object|message|tool|text|base64|recording|instance|list of|chat completion|regular expression)\b/i,
		'is not a …',
	],
];

const textsIn = (folder: string) =>
	readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && /\.(ts|md)$/.test(entry.name))
		.map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));

/** What people read, and the code whose comments they may come to read. */
const FILES = ['core', 'nodes', 'credentials', 'gateway', 'docs', '.changeset']
	.flatMap(textsIn)
	.concat('README.md');

test.each(ODD)('%s is said nowhere: say "%s"', (words) => {
	const found = FILES.flatMap((file) =>
		readFileSync(join(ROOT, file), 'utf8')
			.split('\n')
			.flatMap((line, n) => (words.test(line) ? [`${file}:${n + 1}: ${line.trim()}`] : [])),
	);
	expect(found).toEqual([]);
});
