import { repairConversation } from '../../core/chat/repair/repairConversation';
import { isRecord } from '../../core/lib/isRecord';
import { clientForms, word, type ClientForm } from './clientForms';
import { kitForms } from './kitForms';
import { moreForms } from './moreForms';
import { repairRows } from './repairRows';

/** Whatever stands in a message under any name is sent, or its key is named with its place. */

const KEY = 'unheard_of';
type Path = ReadonlyArray<string | number>;

/** What is left out as a whole, and named so. */
const isLeftOut = (value: unknown) =>
	isRecord(value) &&
	(/thinking|reasoning|step-start|cache|audio/i.test(
		[value.type, value.block_type, value.part_kind, ...Object.keys(value)].join(' '),
	) ||
		value.thought === true);

const isBytes = (value: object) =>
	(!Array.isArray(value) && 0 in value) || Reflect.get(value, 'type') === 'Buffer';

/** The places of all records in a value, but of those in what is left out. */
function placesIn(value: unknown, path: Path = []): Path[] {
	if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
	if (value instanceof URL || isLeftOut(value) || isBytes(value)) return [];
	const inside = Object.entries(value).flatMap(([key, inner]) =>
		placesIn(inner, [...path, Array.isArray(value) ? Number(key) : key]),
	);
	return Array.isArray(value) ? inside : [path, ...inside];
}

function withKeyAt(value: unknown, [step, ...rest]: Path, words: string): unknown {
	if (step === undefined) return { ...Object(value), [KEY]: words };
	const inner = withKeyAt(Reflect.get(Object(value), step), rest, words);
	if (!Array.isArray(value)) return { ...Object(value), [step]: inner };
	const list: unknown[] = value;
	return list.with(Number(step), inner);
}

function conversationIn(form: ClientForm): unknown[] {
	const call = { id: 'call_1', name: 'look', args: { q: word() }, said: word() };
	return [
		form.system(word()),
		form.user(word()),
		...[form.assistant(word(), [call])].flat(),
		...form.results([call]),
		...[form.assistant(word(), [])].flat(),
		form.user(word()),
	];
}

const user = { role: 'user', content: 'Hi' };
const conversations: Array<[name: string, messages: unknown[]]> = [
	...Object.entries({ ...clientForms, ...kitForms, ...moreForms }).map(
		([name, form]): [string, unknown[]] => [name, conversationIn(form)],
	),
	...repairRows.map(([name, given]): [string, unknown[]] => [name, [...given, user]]),
];

test.each(conversations)('%s', (_name, messages) => {
	const lost = placesIn(messages).filter((path) => {
		const words = word();
		const given = withKeyAt(messages, path, words);
		const made = repairConversation(Array.isArray(given) ? given : [], { hasTools: true });
		const told = made.warnings.join('\n');
		const isNamed = [...path, KEY].some((step) => new RegExp(`/${step}[ ,.]`).test(told));
		const isReadTwice = told.includes('contains twice') && /input|args/.test(path.join());
		return !isNamed && !isReadTwice && !JSON.stringify(made.messages).includes(words);
	});
	expect(lost).toEqual([]);
});

test('the place is the one in the messages that were given', () => {
	const { warnings } = repairConversation(
		[
			user,
			{
				role: 'assistant',
				content: [
					{ type: 'text', text: 'a' },
					{ type: 'tool_use', id: 'c', name: 'look', a: 1 },
				],
				b: 1,
				tool_calls: [{ id: 'd', type: 'function', function: { name: 'x', arguments: '{}', c: 1 } }],
			},
			{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c', content: 'x', d: 1 }] },
			{ role: 'tool', tool_call_id: 'd', content: [{ type: 'text', text: 'x', 'e/f': 1 }] },
			{ role: 'user', content: 'a', b: 2 },
		],
		{ hasTools: true, before: 1 },
	);
	expect(warnings.find((line) => line.startsWith('Left out keys'))).toBe(
		'Left out keys that TokenHub does not accept: /messages/0/b (2 times), /messages/0/content/1/a, /messages/0/tool_calls/0/function/c, /messages/1/content/0/d, /messages/2/content/0/e~1f.',
	);
});
