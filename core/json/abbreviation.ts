const THINGS =
	'(?:rows?|items?|entries|entry|records?|lines?|elements?|values?|objects?|results?|others?|rest|remaining|remainder|data|list|more|output|fields?)';
const GONE =
	'(?:omitted|elided|truncated|abbreviated|snipped|skipped|left out|not shown|not listed|cut off)';
const MANY = '(?:\\d[\\d,.]*|many|several|dozens of|hundreds of)';

/** Words that stand for entries which were not written. Each alone is enough. */
const SAYS_SO = [
	// "38 more", "(40 more rows)", "40 remaining items"; not "2 more than before".
	`\\b${MANY} (?:more|other|further|additional|remaining)(?:\\W*$| ${THINGS}\\b| \\w+s\\W*$)`,
	`\\bmore ${THINGS}\\W*$`,
	`\\b${THINGS}\\b.{0,40}\\b${GONE}\\b`,
	`^\\W*${GONE}\\b(?:\\W*$| for brevity| here)`,
	`\\bfor brevity\\b`,
	`^\\W*(?:and |the )?(?:so on|so forth|etc|rest|others|remaining)\\W*$`,
	`\\b(?:rest|remaining|remainder|others?)\\b.{0,40}\\b(?:follow|here|same|similar|likewise|as above)`,
	`^\\W*(?:to be )?continue[sd]?\\b(?:\\W*$| (?:with|for|in|until|through|up to|the same))`,
	`^\\W*(?:repeat|same|similarly)\\b.{0,30}\\b(?:for|until|through)\\b.{0,30}\\b(?:all|rest|remaining|others?|rows|items|entries)`,
	`^\\W*(?:usw|u\\.? ?s\\.? ?w|und so weiter|et ainsi de suite|etcétera|y así sucesivamente|и так далее|и т\\. ?д)\\W*$`,
	'省略|以下略|其余|其餘|剩余|剩餘|생략|이하 동일',
];
const ABBREVIATED = new RegExp(SAYS_SO.join('|'), 'i');
const DOTS = /^\W*(?:\.{3,}|…)\s*(?!\w*\()/;
const ONLY_DOTS = /^\s*[[(<]?\s*(?:\.{3,}|…+)\s*[\])>]?\s*$/;
const MOST = 200;

/** Whether a comment stands for entries that the model left out. */
export function isAbbreviation(comment: string): boolean {
	const words = comment.slice(0, MOST).trim();
	return DOTS.test(words) || ABBREVIATED.test(words);
}

/** The same of a line in prose: there, three dots alone are a pause. */
export function isAbbreviationInProse(line: string): boolean {
	return line.length <= MOST && ABBREVIATED.test(line.trim());
}

/** Whether a text that stands where an entry should be is a stand-in for entries. */
export function isStandIn(text: string): boolean {
	if (text.length > MOST) return false;
	return (
		ONLY_DOTS.test(text) || (/^\W*(?:\.{3,}|…|\(|and \d)/.test(text) && ABBREVIATED.test(text))
	);
}
