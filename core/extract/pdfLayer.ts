import { isRecord } from '../isRecord';
import type { Pace } from './pdf/refusal';

/** Less than this may be left by any scanner. */
const FEWEST_SIGNS = 3;

/** Whether pages say more than what scanners and printers put on pictures. */
export async function hasTextLayer(pages: readonly string[], pace: Pace): Promise<boolean> {
	let signs = 0;
	for (const page of pages) {
		let number = '';
		let lines = 0;
		let isAlone = true;
		for (const line of linesOf(page)) {
			lines += 1;
			if (lines % LINES_AT_ONCE === 0) await pace();
			if (line === '' || isFurniture(line)) continue;
			const isFirst = isAlone;
			isAlone = false;
			if (isFirst && PAGE_NUMBER.test(line)) {
				number = line;
				continue;
			}
			// Beside other lines, a number is no page number.
			signs += signsIn(line) + signsIn(number);
			number = '';
			if (signs >= FEWEST_SIGNS) return true;
		}
	}
	return false;
}

const LINES_AT_ONCE = 200;

function* linesOf(page: string): Generator<string> {
	for (let at = 0; at <= page.length;) {
		const end = page.indexOf('\n', at);
		const last = end === -1 ? page.length : end;
		yield page.slice(at, last).trim();
		at = last + 1;
	}
}

/** The letters and digits of a line, no more of them than are asked for. */
function signsIn(line: string): number {
	let signs = 0;
	for (const sign of /[\p{L}\p{N}]/u.test(line) ? line.slice(0, 10_000) : '') {
		if (/[\p{L}\p{N}]/u.test(sign)) signs += 1;
		if (signs >= FEWEST_SIGNS) return signs;
	}
	return signs;
}

const PAGE =
	'page|pages|pg\\.?|p\\.|seite|s\\.|página|pág\\.?|pagina|pag\\.?|blatt|sheet|стр\\.?|страница';
const OF = 'of|von|de|di|sur|из|/|\\||-|–';
const FURNITURE: readonly RegExp[] = [
	new RegExp(
		`^[^\\p{L}\\p{N}]*(?:${PAGE})\\s*\\d+\\s*(?:(?:${OF})\\s*\\d+)?[^\\p{L}\\p{N}]*$`,
		'iu',
	),
	/^[^\p{L}\p{N}]*\d{1,4}\s*(?:of|von|de|di|sur|из|\/)\s*\d{1,4}[^\p{L}\p{N}]*$/iu,
	/^第?\s*\d+\s*(?:页|頁|ページ|쪽|페이지)\s*(?:[/／]?\s*共?\s*\d+\s*(?:页|頁|ページ|쪽|페이지)?)?$/u,
	/^[^\p{L}\p{N}]*(?:scanned|digitized|digitised|gescannt|created|escaneado|numérisé|scansionato|отсканировано)\s+(?:by|with|using|mit|von|con|avec|par|da|в|с)\b.{0,60}$/iu,
	/^[^\p{L}\p{N}]*(?:cam\s?scanner|adobe scan|genius scan|microsoft lens|office lens|tiny\s?scanner|扫描全能王.{0,20})[^\p{L}\p{N}]*$/iu,
];

/** A number alone on its page is the page's. */
const PAGE_NUMBER = /^[^\p{L}\p{N}]*\d{1,3}[^\p{L}\p{N}]*$/u;

/** Longer lines are none, and would take the patterns long. */
const LONGEST = 80;

function isFurniture(line: string): boolean {
	return line.length <= LONGEST && FURNITURE.some((pattern) => pattern.test(line));
}

const HIDDEN = 2;

/** What has been filled into a page's form, a line for each field: it is not text of the page itself. */
export function formValues(annotations: readonly unknown[]): string[] {
	return annotations.filter(isRecord).flatMap((field) => {
		const isShown = field.subtype === 'Widget' && (Number(field.annotationFlags) & HIDDEN) === 0;
		const value = isShown && field.password !== true ? valueOf(field) : '';
		if (value === '') return [];
		const name = [field.alternativeText, field.fieldName].find(
			(text) => typeof text === 'string' && text !== '',
		);
		return [typeof name === 'string' ? `${name}: ${value}` : value];
	});
}

function valueOf({ fieldValue, fieldType, ...field }: Record<string, unknown>): string {
	const values: unknown[] = Array.isArray(fieldValue) ? fieldValue : [fieldValue];
	const text = values
		.filter((value) => typeof value === 'string' && value.trim() !== '')
		.join(', ');
	if (fieldType !== 'Btn') return text;
	// Each button of a group has the value of the whole group.
	const own = field.radioButton === true ? field.buttonValue : field.exportValue;
	return text !== 'Off' && text === own ? text : '';
}
