import { isRecord } from '../isRecord';

/** Less than this may be left by any scanner. */
const FEWEST_SIGNS = 3;

/** Whether pages say more than what scanners and printers put on pictures. */
export function hasTextLayer(pages: readonly string[]): boolean {
	const said = pages.map(withoutFurniture).join('');
	return (said.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= FEWEST_SIGNS;
}

const PAGE =
	'page|pages|pg\\.?|p\\.|seite|s\\.|página|pág\\.?|pagina|pag\\.?|blatt|sheet|стр\\.?|страница';
const OF = 'of|von|de|di|sur|из|\\/|\\||-|–';
const FURNITURE: readonly RegExp[] = [
	new RegExp(`^\\W*(?:${PAGE})\\s*\\d+\\s*(?:(?:${OF})\\s*\\d+)?\\W*$`, 'iu'),
	/^\W*\d{1,4}\s*(?:of|von|de|di|sur|из|\/)\s*\d{1,4}\W*$/iu,
	/^第?\s*\d+\s*(?:页|頁|ページ|쪽|페이지)\s*(?:[\/／]?\s*共?\s*\d+\s*(?:页|頁|ページ|쪽|페이지)?)?$/u,
	/^\W*(?:scanned|digitized|digitised|gescannt|created|escaneado|numérisé|scansionato|отсканировано)\s+(?:by|with|using|mit|von|con|avec|par|da|в|с)\b.{0,60}$/iu,
	/^\W*(?:cam\s?scanner|adobe scan|genius scan|microsoft lens|office lens|tiny\s?scanner|扫描全能王.{0,20})\W*$/iu,
];

/** A number alone on its page is the page's. */
const PAGE_NUMBER = /^\W*\d{1,3}\W*$/;

function withoutFurniture(page: string): string {
	const lines = page
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '' && !isFurniture(line));
	const [only, ...others] = lines;
	return only !== undefined && others.length === 0 && PAGE_NUMBER.test(only)
		? ''
		: lines.join('\n');
}

/** Longer lines are none, and would take the patterns long. */
const LONGEST = 80;

function isFurniture(line: string): boolean {
	return line.length <= LONGEST && FURNITURE.some((pattern) => pattern.test(line));
}

const HIDDEN = 2;

/** What has been filled into a page's form, a line for each field: it is no text of the page itself. */
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
