/**
 * JSON Schema means regular expressions with JavaScript's flag `u`, and many are written without it in
 * mind: `[\w-.]`, `\-`, a bare `{`. What only the older syntax takes becomes a pattern of the same
 * meaning under `u`; what neither takes stays as it is.
 */
export function unicodePattern(source: string): string {
	if (compiles(source, 'u') || !compiles(source, '')) return source;
	const own = translated(source);
	return compiles(own, 'u') ? own : source;
}

function compiles(source: string, flags: string): boolean {
	try {
		return new RegExp(source, flags) instanceof RegExp;
	} catch {
		return false;
	}
}

/** What is read from a place, and how many letters of the source it takes. */
interface Piece {
	text: string;
	taken: number;
}

interface Facts {
	groups: number;
	hasNames: boolean;
}

function translated(source: string): string {
	const facts = {
		groups:
			source.replace(/\\.|\[(?:\\.|[^\]])*\]/gs, '').match(/\((?!\?)|\(\?<(?![=!])/g)?.length ?? 0,
		hasNames: /\(\?<[^=!]/.test(source),
	};
	let text = '';
	let opened: number[] = [];
	for (let at = 0; at < source.length;) {
		const piece = pieceAt(source, at, facts);
		if (source[at] === '(') opened = [...opened, text.length];
		const closes = source[at] === ')';
		text += piece.text;
		at += piece.taken;
		if (!closes) continue;
		const from = opened.pop() ?? 0;
		// Without `u` a look-ahead may be repeated.
		const isRepeated = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.test(source.slice(at));
		if (isRepeated && /^\(\?[=!]/.test(text.slice(from))) {
			text = `${text.slice(0, from)}(?:${text.slice(from)})`;
		}
	}
	return text;
}

function pieceAt(source: string, at: number, facts: Facts): Piece {
	const letter = source[at] ?? '';
	const rest = source.slice(at);
	if (letter === '\\') return escapeAt(rest, facts, false);
	if (letter === '[') return classAt(rest, facts);
	if (letter === '{') {
		const count = /^\{\d+(?:,\d*)?\}/.exec(rest)?.[0];
		return count ? { text: count, taken: count.length } : { text: '\\{', taken: 1 };
	}
	const isLiteral = letter === '}' || letter === ']';
	return { text: isLiteral ? `\\${letter}` : letter, taken: 1 };
}

const KEPT = /^\\(?:[dDsSwWbBfnrtv^$\\.*+?()[\]{}|/]|x[\da-f]{2}|u[\da-f]{4}|c[a-z])/i;
const LETTERS_KEPT = /^\\[dDsSwWbBfnrtvxuc^$\\.*+?()[\]{}|/]/;

function escapeAt(rest: string, { groups, hasNames }: Facts, isInClass: boolean): Piece {
	const kept = LETTERS_KEPT.test(rest) ? KEPT.exec(rest)?.[0] : undefined;
	if (kept !== undefined && !(isInClass && kept === '\\B')) return whole(kept);
	const next = [...rest.slice(1)][0] ?? '';
	if (isInClass && next === '-') return whole('\\-');
	if (next === 'c') return { text: '\\\\', taken: 1 };
	if (next === 'k' && hasNames) return whole(/^\\k<[^>]*>/.exec(rest)?.[0] ?? '\\k');
	const reference = isInClass ? undefined : /^\\[1-9]\d*/.exec(rest)?.[0];
	if (reference !== undefined && Number(reference.slice(1)) <= groups) {
		// A digit may follow.
		return { text: `(?:${reference})`, taken: reference.length };
	}
	const octal = /^\\([0-3][0-7]{0,2}|[4-7][0-7]?)/.exec(rest);
	if (octal) return { text: hex(parseInt(octal[1] ?? '', 8)), taken: octal[0].length };
	return { text: isInClass ? inClass(next) : next, taken: 1 + next.length };
}

function whole(text: string): Piece {
	return { text, taken: text.length };
}

function hex(code: number): string {
	return `\\x${code.toString(16).padStart(2, '0')}`;
}

/** A class such as `\d` is no end of a range: then the `-` beside it is one. */
function classAt(rest: string, facts: Facts): Piece {
	let at = rest.startsWith('[^') ? 2 : 1;
	const atoms: string[] = [];
	while (at < rest.length && rest[at] !== ']') {
		const letter = [...rest.slice(at)][0] ?? '';
		const piece =
			letter === '\\'
				? escapeAt(rest.slice(at), facts, true)
				: { text: letter === '-' ? letter : inClass(letter), taken: letter.length };
		atoms.push(piece.text);
		at += piece.taken;
	}
	const text = atoms.map((atom, index) => {
		const [before, after] = [atoms[index - 1], atoms[index + 1]];
		const isEdge = before === undefined || after === undefined;
		return atom === '-' && (isEdge || isSet(before) || isSet(after)) ? '\\-' : atom;
	});
	return { text: `${rest.startsWith('[^') ? '[^' : '['}${text.join('')}]`, taken: at + 1 };
}

function isSet(atom: string): boolean {
	return /^\\[dDsSwW]$/.test(atom);
}

function inClass(letter: string): string {
	return /[\\^\]]/.test(letter) ? `\\${letter}` : letter;
}
