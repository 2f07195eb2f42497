import { numbersInWords } from '../../read/numberWords';

const ENTRIES = String.raw`(?:rows?|items?|entry|entries|records?|lines?|zeilen?|eintr[aä]ge?|positionen|lignes?|entrées?|filas?|registros?|righe|voci|linhas?|строк\p{L}*|запис\p{L}*)(?!\p{L})`;
const IN_ALL = 'in total|altogether|insgesamt|au total|en total|in totale|no total|всего';
/** "I found 3 items", "(3 rows in the document)", "3 rows in total" */
const COUNTED = [
	String.raw`(?<!\p{L})(?:there (?:are|were)|(?:the |this )?(?:document|text|list|table|invoice) (?:has|have|contains|lists)|found|total(?: of)?|total (?:rows?|items?|entries|records?|lines?|count)|(?:row|item|entry|record) count|es gibt|il y a|hay|ci sono|há|${IN_ALL}) ?[:=]? ?(?<count>\d{1,6})(?: (?:${ENTRIES}|\p{L}+ in total))?(?=[\s.,;:)!]|$)|(?:全|合計|共|总共|一共|총|전체) ?(?<few>\d{1,6}) ?[行件条項项건개행]`,
	String.raw`(?<!\p{L})(?<count>\d{1,6}) (?:rows|items|entries|records|lines) (?:in|on) (?:the|this) (?:document|text|list|table|invoice|file|page|source)`,
	String.raw`^\W*(?<count>\d{1,6}) ${ENTRIES}(?: (?:${IN_ALL}|found|extracted))?\W*$`,
].map((words) => new RegExp(words, 'iu'));
const OF_ENTRIES =
	/row|item|entr|record|line|zeile|eintr|position|ligne|fila|registro|righe|voci|linha|строк|запис|in total|[行件条項项건개]/iu;
const WORDED = new RegExp(String.raw`(?<!\p{L})\p{L}[\p{L}-]*(?= ${ENTRIES})`, 'giu');

/** "There are 3 rows", next to lists that are all shorter. */
export function countsMore(line: string, values: readonly unknown[]): boolean {
	const digits = line.replace(WORDED, (word) => {
		const [only] = numbersInWords(word.toLowerCase());
		return only ? String(only.value) : word;
	});
	const found = COUNTED.map((words) => words.exec(digits)).find((one) => one !== null);
	const { count, few } = found?.groups ?? {};
	const lists = values.filter(Array.isArray);
	const isCount = (count ?? few) !== undefined && OF_ENTRIES.test(line);
	return isCount && lists.length > 0 && lists.every((list) => list.length < Number(count ?? few));
}
