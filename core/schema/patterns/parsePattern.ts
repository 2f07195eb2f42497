/** A regular expression as a tree. */
export type Pattern =
	/** One letter that the source matches; `isOdd` if it may match more, or something else. */
	| { kind: 'letter'; source: string; flags: string; isOdd?: true }
	| { kind: 'sequence'; parts: Pattern[] }
	| { kind: 'choice'; choices: Pattern[] }
	| { kind: 'repeat'; part: Pattern; min: number; max: number }
	/** `^`, `$`, `\b` or `\B`. */
	| { kind: 'edge'; source: string; flags: string }
	| { kind: 'look'; part: Pattern; isBehind: boolean; isNot: boolean }
	/** A back reference, such as `\1`: not a regular language. */
	| { kind: 'same' };

interface Reader {
	source: string;
	at: number;
	flags: string;
}

/** For a pattern that JavaScript accepts with these flags. */
export function parsePattern(source: string, flags: string): Pattern {
	return choiceAt({ source, at: 0, flags });
}

function choiceAt(reader: Reader): Pattern {
	const choices = [sequenceAt(reader)];
	while (reader.source[reader.at] === '|') {
		reader.at += 1;
		choices.push(sequenceAt(reader));
	}
	const [only] = choices;
	return only && choices.length === 1 ? only : { kind: 'choice', choices };
}

function sequenceAt(reader: Reader): Pattern {
	const parts: Pattern[] = [];
	while (reader.at < reader.source.length && !/[|)]/.test(reader.source.charAt(reader.at))) {
		parts.push(repeated(reader, termAt(reader)));
	}
	return { kind: 'sequence', parts };
}

const COUNT = /\{(\d+)(?:(,)(\d*))?\}|[*+?]/y;

function repeated(reader: Reader, part: Pattern): Pattern {
	COUNT.lastIndex = reader.at;
	const found = COUNT.exec(reader.source);
	if (!found) return part;
	reader.at += found[0].length;
	if (reader.source[reader.at] === '?') reader.at += 1;
	const [sign, from, comma, to] = found;
	const min = from === undefined ? Number(sign === '+') : Number(from);
	if (from === undefined) return { kind: 'repeat', part, min, max: sign === '?' ? 1 : Infinity };
	const max = comma === undefined ? min : to === '' ? Infinity : Number(to);
	return { kind: 'repeat', part, min, max };
}

function termAt(reader: Reader): Pattern {
	const { source, at, flags } = reader;
	const sign = source.charAt(at);
	if (sign === '(') return groupAt(reader);
	if (sign === '\\') return escapeAt(reader);
	if (sign === '[') return classAt(reader);
	if (sign === '^' || sign === '$') {
		reader.at += 1;
		return { kind: 'edge', source: sign, flags };
	}
	const isWhole = /[uv]/.test(flags);
	const letter = isWhole ? String.fromCodePoint(source.codePointAt(at) ?? 0) : sign;
	reader.at += letter.length;
	// Without the flag u, a bracket may represent itself.
	return { kind: 'letter', source: /[\]{}]/.test(letter) ? `\\${letter}` : letter, flags };
}

const GROUP = /\((?:\?(?:([:=!]|<[=!])|<[^>]*>|([ims]*)(?:-([ims]*))?:))?/y;

function groupAt(reader: Reader): Pattern {
	const { flags } = reader;
	GROUP.lastIndex = reader.at;
	const [head = '(', kind = ':', on = '', off = ''] = GROUP.exec(reader.source) ?? [];
	reader.at += head.length;
	const kept = [...flags].filter((flag) => !off.includes(flag) && !on.includes(flag));
	reader.flags = kept.join('') + on;
	const part = choiceAt(reader);
	reader.at += 1;
	reader.flags = flags;
	if (kind === ':') return part;
	return { kind: 'look', part, isBehind: kind.startsWith('<'), isNot: kind.endsWith('!') };
}

/** With the flag v, a class may contain others, and match several letters. */
function classAt(reader: Reader): Pattern {
	const { source, at: start, flags } = reader;
	let depth = 0;
	for (;;) {
		const sign = source[reader.at];
		reader.at += sign === '\\' ? 2 : 1;
		if (sign === '[' && (depth === 0 || flags.includes('v'))) depth += 1;
		if (sign === ']') depth -= 1;
		if (depth === 0 || sign === undefined) break;
	}
	const text = source.slice(start, reader.at);
	return { kind: 'letter', source: text, flags, ...(flags.includes('v') ? { isOdd: true } : {}) };
}

const ESCAPE =
	/\\(?:[pPu]\{[^}]*\}|u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|k<[^>]*>|\d+|[^])/y;

function escapeAt(reader: Reader): Pattern {
	const { flags, source } = reader;
	const isWhole = /[uv]/.test(flags);
	ESCAPE.lastIndex = reader.at;
	const [escape = '\\'] = ESCAPE.exec(source) ?? [];
	reader.at += escape.length;
	if (/^\\[bB]$/.test(escape)) return { kind: 'edge', source: escape, flags };
	if (/^\\(?:[1-9]|k<)/.test(escape)) return { kind: 'same' };
	// Older syntax, which only works without the flag u, is not distinguished here.
	const isOld = !isWhole && /^\\(?:[pPu]\{|u.{5}|0\d|c$|k$)/.test(escape);
	const isOdd = isOld || (flags.includes('v') && /^\\[pP]/.test(escape));
	return { kind: 'letter', source: escape, flags, ...(isOdd ? { isOdd } : {}) };
}
