import { keyForm } from './keyForm';

/** Keys that tell how sure a reading is, or where it was found; never what is counted, such as a currency. */
const ABOUT_IT =
	/^(?:confidence(?:score|level)?|certainty|probability|likelihood|pages?|page(?:number|index|no)|line(?:number|no)|bbox|boundingbox|polygon|spans?|charspan|offsets?|quote|evidence|citations?|source(?:text|quote|span|page)?|raw(?:text|value)?)$/;
const TYPES = new Set(['string', 'number', 'integer', 'boolean', 'float', 'text', 'date']);

interface Terms {
	/** What the schema knows is never left out. */
	names?: ReadonlySet<string>;
	/** Only where nothing stands beside it. */
	isExact?: boolean;
}

/** The one key of an object that holds something, and those beside it that only tell of it, or are empty. */
export function onlyKey(
	record: Readonly<Record<string, unknown>>,
	{ names, isExact }: Terms = {},
): { key: string; beside: string[] } | undefined {
	const keys = Object.keys(record);
	const isBeside = (key: string) => !isExact && !names?.has(key) && tellsOfIt(key, record[key]);
	const [key, another] = keys.length === 1 ? keys : keys.filter((one) => !isBeside(one));
	if (key === undefined || another !== undefined) return undefined;
	return { key, beside: keys.filter((one) => one !== key) };
}

function tellsOfIt(key: string, value: unknown): boolean {
	const form = keyForm(key);
	if (form === 'type' || form === 'datatype') return typeof value === 'string' && TYPES.has(value);
	if (form === 'score') return typeof value === 'number' && value >= 0 && value <= 1;
	// `{ "value": null, "currency": null }` has no value beside others that are empty.
	return ABOUT_IT.test(form) || ((value === null || value === '') && form !== 'value');
}
