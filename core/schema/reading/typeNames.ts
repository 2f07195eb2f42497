import { nearestName } from '../../nearestName';

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

/** What other languages and tools call the types, by what to write instead. */
const MEANT: ReadonlyArray<readonly [instead: string, names: string]> = [
	['"integer"', 'int int32 int64 uint long short bigint whole'],
	['"number"', 'float float32 float64 double decimal numeric real currency money percent'],
	['"string"', 'str text varchar char character enum'],
	['"boolean"', 'bool'],
	['"array"', 'list tuple set vector'],
	['"object"', 'dict dictionary map record hash json struct'],
	['"null"', 'nil none undefined void'],
	['"string" with "format": "date"', 'date'],
	['"string" with "format": "date-time"', 'datetime date-time timestamp'],
	['"string" with "format": "time"', 'time'],
	['"string" with "format": "email"', 'email'],
	['"string" with "format": "uri"', 'url uri'],
	['"string" with "format": "uuid"', 'uuid guid'],
];

const INSTEAD = new Map(
	MEANT.flatMap(([instead, names]) => names.split(' ').map((name) => [name, instead] as const)),
);

/** What is wrong with the value of "type"; undefined when nothing is. */
export function typeProblem(type: unknown): string | undefined {
	const types: unknown[] = Array.isArray(type) ? type : [type];
	if (types.length === 0) return '"type" lists no type: leave it out.';
	const wrong = types.find((name) => typeof name !== 'string' || !TYPES.includes(name));
	if (wrong === undefined) return undefined;
	if (typeof wrong === 'string') return `the type "${wrong}" does not exist${meant(wrong)}`;
	return `"type" must be a type or a list of types, not ${JSON.stringify(wrong)}. ${LIST}`;
}

const LIST = `The types are ${TYPES.slice(0, -1).join(', ')} and ${TYPES.at(-1)}.`;

function meant(name: string): string {
	const word = name.trim().toLowerCase();
	if (word === 'any' || word === 'mixed' || word === 'unknown') {
		return `: leave "type" out where anything is allowed. ${LIST}`;
	}
	const near = TYPES.includes(word) ? word : nearestName(word, TYPES);
	const instead = INSTEAD.get(word) ?? (near === undefined ? undefined : `"${near}"`);
	return instead === undefined ? `. ${LIST}` : `: did you mean ${instead}? ${LIST}`;
}

/** Whether a text is what people call a type, here or elsewhere. */
export function namesType(text: string): boolean {
	const word = text
		.trim()
		.toLowerCase()
		.replace(/\[\]$|\?$/g, '');
	return TYPES.includes(word) || INSTEAD.has(word) || word === 'any';
}
