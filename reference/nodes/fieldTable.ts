import type { INodeProperties } from 'n8n-workflow';
import { code, lines, sentence, table } from '../markdown';
import { choicesOf, isNotice } from './fields';
import { shownWhen } from './shownWhen';
import { valueWords } from './valueWords';

/** Fields of one place in the form: what each is called, what it takes, and what it does. */
export function fieldTable(
	fields: readonly INodeProperties[],
	form: readonly INodeProperties[],
): string {
	const rows = withoutTwins(fields)
		.filter((field) => !isNotice(field))
		.map((field) => [nameWords(field), valueWords(field), purpose(field, fields, form)]);
	return table(['Field', 'Value', 'What it does'], rows);
}

/** A field that version 2 of a node only marks while it is empty is one field, of version 2. */
function withoutTwins(fields: readonly INodeProperties[]): INodeProperties[] {
	return fields.flatMap((field, index) => {
		const { required, displayOptions: { show = {}, ...others } = {} } = field;
		const later = fields[index + 1];
		if (later && required !== true && sameBut(field) === sameBut(later)) return [];
		const before = fields[index - 1];
		if (!before || before.required === true || sameBut(before) !== sameBut(field)) return field;
		const { '@version': _version, ...rest } = show;
		return { ...field, displayOptions: { ...others, show: rest } };
	});
}

/** All of a field that its versions have in common. */
function sameBut({ displayOptions, required: _required, ...field }: INodeProperties): string {
	const { '@version': version, ...show } = displayOptions?.show ?? {};
	if (version === undefined) return `${field.name} of any version`;
	return JSON.stringify({ ...field, displayOptions: { ...displayOptions, show } });
}

function nameWords({ displayName, name }: INodeProperties): string {
	return lines(`**${displayName}**`, code(name));
}

function purpose(
	field: INodeProperties,
	siblings: readonly INodeProperties[],
	form: readonly INodeProperties[],
): string {
	const { description, hint } = field;
	const when = shownWhen(field, siblings, form);
	return lines(
		description && sentence(description),
		hint && sentence(hint),
		...choicesOf(field).map(choiceWords),
		exampleWords(field),
		when && `Shown when ${when}.`,
	);
}

/** What stands in the empty field. */
function exampleWords({ type, placeholder }: INodeProperties): string | undefined {
	if (!placeholder || (type !== 'string' && type !== 'json')) return undefined;
	const [, example] = /^e\.g\. (.*)$/s.exec(placeholder) ?? [];
	return example === undefined ? `Takes ${placeholder}.` : `Example: ${code(example)}`;
}

function choiceWords({ name, value, description }: ReturnType<typeof choicesOf>[number]): string {
	const named = name === value ? code(name) : `${name} (${code(String(value))})`;
	return `· ${named}${description ? `: ${description}` : ''}`;
}
