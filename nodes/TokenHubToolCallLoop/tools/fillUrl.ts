import { asText, fillText, namesIn } from './fillTemplate';

type Arguments = Record<string, unknown>;

/**
 * A URL with encoded arguments in it and nothing else changed: each argument stays within its own path
 * segment or query parameter, even for a server that decodes it.
 * @throws Error that tells the model which argument is refused, and why.
 */
export function fillUrl(template: string, args: Arguments): string {
	const [path = ''] = template.split(/[?#]/);
	for (const segment of path.split(/[/\\]/)) checkSegment(segment, args);
	const filled = fillText(template, args, (value) =>
		encodeURIComponent(asText(value).toWellFormed()),
	);
	const harmless = fillText(template, args, () => MARK);
	if (!isSameShape(new URL(filled), new URL(harmless))) {
		throw new Error('the arguments would change the address that is called; nothing was sent');
	}
	return filled;
}

/** Replaces an argument in a URL whose shape it cannot change. */
const MARK = 'argument';

/**
 * The result is judged: it must have the same host, segments and parameters, except for the arguments.
 */
function isSameShape(filled: URL, harmless: URL): boolean {
	const partsOf = ({ origin, username, password, pathname, searchParams }: URL) => [
		...[origin, username, password],
		...[...searchParams.keys()].map((key) => `?${key}`),
		...pathname.split('/').map((segment) => `/${segment}`),
	];
	const wanted = partsOf(harmless);
	const parts = partsOf(filled);
	return (
		parts.length === wanted.length &&
		wanted.every((part, n) => part.includes(MARK) || part === parts[n])
	);
}

function checkSegment(segment: string, args: Arguments): void {
	const names = namesIn(segment);
	if (names.length === 0) return;
	for (const name of names) {
		const problem = problemOf(Object.hasOwn(args, name) ? args[name] : undefined);
		if (problem) throw argumentError(name, problem);
	}
	const decoded = decode(fillText(segment, args));
	const [name = ''] = names;
	if (decoded === undefined) throw argumentError(name, 'it is encoded too often');
	if (/\p{Cc}/u.test(decoded)) throw argumentError(name, 'it holds control characters');
	if (leavesItsPlace(decoded)) throw argumentError(name, 'it would lead to another path');
}

function argumentError(name: string, problem: string): Error {
	return new Error(
		`the argument "${name}" cannot be used in the URL: ${problem}; nothing was sent`,
	);
}

function problemOf(value: unknown): string | undefined {
	if (value === undefined || value === null) return 'it is missing';
	if (typeof value === 'object') return 'it must be a text or a number';
	return asText(value).trim() === '' ? 'it is empty' : undefined;
}

const MOST_DECODINGS = 5;

/** As a server may finally read it; undefined for what is encoded again and again. */
function decode(text: string): string | undefined {
	let decoded = text;
	for (let count = 0; count < MOST_DECODINGS; count += 1) {
		const before = decoded;
		decoded = before.replace(/%([0-7][0-9a-f])/gi, (_match, hex: string) =>
			String.fromCharCode(Number.parseInt(hex, 16)),
		);
		if (decoded === before) return decoded;
	}
	return undefined;
}

/** Whether `..` and the like lead above the place of a segment, or leave nothing of it. */
function leavesItsPlace(segment: string): boolean {
	let depth = 0;
	for (const piece of segment.split(/[/\\]/)) {
		// Some servers cut off parameters: they read `..;x` as `..`.
		const [name = ''] = piece.split(';');
		if (name.trim() === '') return true;
		if (name.trim() === '..') depth -= 1;
		else if (name.trim() !== '.') depth += 1;
		if (depth < 0) return true;
	}
	return depth < 1;
}
