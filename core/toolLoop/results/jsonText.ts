import type { Steps } from '../../lib/steps';

interface Open {
	/** Fields have a name. */
	entries: Iterator<readonly [name: string | undefined, value: unknown]>;
	close: string;
	isFirst: boolean;
}

const VALUES_A_STEP = 2_000;
const PARTS_A_TEXT = 10_000;

/** What `JSON.stringify` returns for a plain value, however large; a map is an object. */
export function* jsonText(value: unknown): Steps<string> {
	const open: Open[] = [];
	const texts: string[] = [];
	let parts: string[] = [];
	const write = (part: unknown, before: string) => {
		const isHolder = typeof part === 'object' && part !== null;
		if (isHolder) open.push(opened(part));
		const sign = Array.isArray(part) ? '[' : '{';
		parts.push(before + (isHolder ? sign : JSON.stringify(part)));
	};
	write(value, '');
	for (let count = 1, last = open.at(-1); last; count += 1, last = open.at(-1)) {
		if (count % VALUES_A_STEP === 0) yield;
		if (parts.length > PARTS_A_TEXT) {
			texts.push(parts.join(''));
			parts = [];
		}
		const next = last.entries.next();
		if (next.done) {
			parts.push(last.close);
			open.pop();
			continue;
		}
		const [name, part] = next.value;
		const comma = last.isFirst ? '' : ',';
		last.isFirst = false;
		write(part, name === undefined ? comma : `${comma}${JSON.stringify(name)}:`);
	}
	return texts.join('') + parts.join('');
}

function opened(value: object): Open {
	const isList = Array.isArray(value);
	return {
		entries: isList ? entriesOf(value) : fieldsOf(value),
		close: isList ? ']' : '}',
		isFirst: true,
	};
}

function* entriesOf(list: readonly unknown[]): Generator<readonly [undefined, unknown]> {
	for (const entry of list) yield [undefined, entry ?? null];
}

function* fieldsOf(value: object): Generator<readonly [string, unknown]> {
	const fields = value instanceof Map ? value : Object.entries(value);
	for (const [name, part] of fields) if (part !== undefined) yield [name, part];
}
