import type { Failure } from '../../../errors';
import { isRecord } from '../../../lib/isRecord';
import { jsonPointer } from '../../../lib/jsonPointer';
import { own } from '../../../lib/own';
import { saysNothing } from '../../../read/words';
import type { JsonSchema } from '../../../schema/jsonSchema';
import { takes, typesOf } from '../coercion/takes';
import { wordsIn } from '../fieldNames';
import { walkValue, type Node } from '../walkValue';
import { resolveSchema } from '../../resolveSchema';
import { fewRemarks, remarkAt } from './remarks';

const MOST_STEPS = 100_000;

/**
 * Words for nothing in a format without types: `null` may be a text or null. Where a schema takes anything,
 * nobody can tell; where it takes texts and null, the text is kept, with a remark.
 */
export function emptyWords(value: unknown, root: JsonSchema) {
	const failures: Failure[] = [];
	const warnings: string[] = [];
	const terms = { root, steps: { left: MOST_STEPS } };
	const look = ({ value: text, wanted, path }: Node) => {
		if (typeof text !== 'string' || text.trim() === '' || !saysNothing(text)) return false;
		if (!takes(null, wanted, terms) || !takes(text, wanted, terms)) return false;
		const message = `${JSON.stringify(text)} may be null or a text: say which`;
		const isAny = takes(true, wanted, terms);
		if (isAny) failures.push({ path: jsonPointer(path), message, code: 'ambiguous' });
		else warnings.push(remarkAt(path, `${text} may be null`));
		return false;
	};
	walkValue(value, look, root);
	return { failures, warnings: fewRemarks(warnings) };
}

/** The marks that templates have around what is to be filled in. */
const IN_SIGNS =
	/^(?:<([^<>]{1,60})>|\[([^[\]]{1,60})\]|\{{1,2}([^{}]{1,60})\}{1,2}|\$\{([^{}]{1,60})\}|%([\p{L}\p{N}_. -]{1,60})%|__([\p{L}\p{N} -]{1,60})__)$/u;
/** Words around the name of a field, or for any value. */
const ASKS =
	/^(?:insert|enter|add|fill|your|put|provide|placeholder|value|string|text|number|date|todo|tbd|name here|hier|eingeben|einfügen|ihr|ihre|votre|insérer|saisir|su|tu|ingrese|inserire|seu|insira|введите|вставьте|укажите)$/u;
const FILLERS = new Set(
	'the a an of here in your value field text string insert enter der die das hier le la les ici el aquí il qui o aqui здесь'.split(
		' ',
	),
);

/**
 * Whether a text is a template's placeholder: `<name>`, `{{ name }}`, `[Your Name]`. Only the name of
 * its own field, or a request for one, is certain.
 */
export function isPlaceholder(text: string, key: PropertyKey | undefined): boolean {
	const inner = IN_SIGNS.exec(text.trim())
		?.slice(1)
		.find((one) => one !== undefined);
	if (inner === undefined) return false;
	const words = wordsIn(inner);
	const field = typeof key === 'string' ? wordsIn(key) : [];
	const own = words.filter((word) => !FILLERS.has(word));
	const isField =
		field.length > 0 && own.join(' ') === field.filter((word) => !FILLERS.has(word)).join(' ');
	return (isField && words.length > 0) || words.some((word) => ASKS.test(word));
}

const ECHOES = new Map<string, unknown>([
	['string', 'string'],
	['number', 0],
	['integer', 0],
	['boolean', true],
]);

/**
 * Whether an object has, in each of several fields, the name of its type or a dummy value: `{ "name":
 * "string", "age": 0 }`.
 */
export function echoesTypes(
	record: Readonly<Record<string, unknown>>,
	schema: JsonSchema,
	root: JsonSchema,
): boolean {
	const { properties } = schema;
	const entries = Object.entries(record);
	if (!isRecord(properties) || entries.length < 2) return false;
	const texts = entries.filter(([, value]) => typeof value === 'string');
	return (
		texts.length > 0 &&
		entries.every(([key, value]) => {
			const [type] = typesOf(resolveSchema(own(properties, key), root) ?? {});
			return type !== undefined && (value === type || ECHOES.get(type) === value);
		})
	);
}
