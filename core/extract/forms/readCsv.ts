import { atPlace, fieldNamed } from './fields';
import type { FormReader } from './form';
import { recordsIn } from './records';

const SEPARATORS = [',', ';', '\t'];

/** Lines of values below a line of names that are all fields, with commas, semicolons or tabs between them. */
export const readCsv: FormReader = (text, { place }) => {
	if (!place) return undefined;
	const [head = ''] = text.split('\n', 1);
	const separator = SEPARATORS.find((sign) => {
		const names = cellRows(head, sign)?.[0] ?? [];
		return names.length > 1 && names.every((name) => fieldNamed(name, place.fields) !== undefined);
	});
	if (separator === undefined) return undefined;
	const [header = [], ...rows] = cellRows(text, separator) ?? [];
	const list = rows.length > 0 ? recordsIn(header, rows, place) : undefined;
	return list
		? { name: 'csv', value: atPlace(place, list) }
		: {
				name: 'csv',
				value: undefined,
				reason:
					'a row has more or fewer values than there are names, or is not a record of its own',
			};
};

const CELL = / *"((?:[^"]|"")*)" *(?=[,;\t\r\n]|$)|([^,;\t\r\n"]*)|([^])/y;

/** Undefined where a quote stands in a value that is not quoted, or is never closed. */
function cellRows(text: string, separator: string): string[][] | undefined {
	const rows: string[][] = [[]];
	let cell = '';
	let isQuoted = false;
	for (CELL.lastIndex = 0; CELL.lastIndex < text.length;) {
		const [found = '', quoted, plain] = CELL.exec(text) ?? [];
		if (quoted !== undefined && cell.trim() === '') {
			cell = quoted.replaceAll('""', '"');
			isQuoted = true;
			continue;
		}
		if (plain !== undefined && plain !== '') {
			if (isQuoted) return undefined;
			cell += plain;
			continue;
		}
		const sign = found === '' ? text.charAt(CELL.lastIndex) : found;
		if (found === '') CELL.lastIndex += 1;
		if (quoted !== undefined || sign === '"') return undefined;
		if (sign === '\n' || sign === separator) {
			rows.at(-1)?.push(isQuoted ? cell : cell.trim());
			[cell, isQuoted] = ['', false];
			if (sign === '\n') rows.push([]);
		} else if (isQuoted && sign !== '\r') return undefined;
		else if (sign !== '\r') cell += sign;
	}
	rows.at(-1)?.push(isQuoted ? cell : cell.trim());
	return rows;
}
