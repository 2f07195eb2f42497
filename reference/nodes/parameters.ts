import type { INodeProperties } from 'n8n-workflow';
import { runOptionProperties } from '../../nodes/shared/form/runOptions';
import { maxTokensProperty, samplingOptions } from '../../nodes/shared/form/optionsProperty';
import { blocks, sentence } from '../markdown';
import { fieldsIn, fieldTable, isNotice, shownWhen } from './fieldTable';

/** The form, group by group. `shared` says what the options of the last group apply to. */
export function parameters(form: readonly INodeProperties[], shared: string): string {
	const options = form.filter(({ name }) => name === 'options').flatMap(fieldsIn);
	const top = form.filter(({ name }) => name !== 'options');
	return blocks(
		'## Parameters',
		fieldTable(top, form),
		...top.flatMap((field) => rowsOf(field, form)),
		notices(form),
		'## Options',
		'You add options one by one; the default is the value of an option when you add it. Internal names are under `options`.',
		...optionGroups(options, shared).map(({ heading, words, fields }) =>
			fields.length === 0 ? undefined : blocks(`### ${heading}`, words, fieldTable(fields, form)),
		),
		...options.flatMap((field) => rowsOf(field, form)),
	);
}

const named = (list: readonly INodeProperties[]) => new Set(list.map(({ name }) => name));
const SAMPLING = named([maxTokensProperty, ...samplingOptions]);
const RUN = named(runOptionProperties);

function optionGroups(options: readonly INodeProperties[], shared: string) {
	const group = (name: string) => (SAMPLING.has(name) ? 'sampling' : RUN.has(name) ? 'run' : 'own');
	const of = (wanted: string) => options.filter(({ name }) => group(name) === wanted);
	return [
		{ heading: 'Of this node', words: undefined, fields: of('own') },
		{ heading: 'Sampling', words: 'How the model writes.', fields: of('sampling') },
		{ heading: 'Requests and spending', words: shared, fields: of('run') },
	];
}

/** What a row of a field contains, level by level. */
function rowsOf(field: INodeProperties, form: readonly INodeProperties[]): string[] {
	if (field.type !== 'fixedCollection') return [];
	const fields = fieldsIn(field);
	const [group] = field.options ?? [];
	const levels = depth(field);
	const nested = fields.find(({ type }) => type === 'fixedCollection');
	const path = `${field.name}.${group?.name ?? ''}[]`;
	const deep =
		nested && `**${nested.displayName}** has the same fields, up to ${levels} levels deep.`;
	const head = `### Each row of ${field.displayName}`;
	return [
		head,
		`Internal names are under \`${path}\`.${deep ? ` ${deep}` : ''}`,
		fieldTable(fields, form),
	];
}

function depth(field: INodeProperties): number {
	const inner = fieldsIn(field).filter(({ type }) => type === 'fixedCollection');
	return 1 + Math.max(0, ...inner.map(depth));
}

function notices(form: readonly INodeProperties[]): string | undefined {
	const lines = form.filter(isNotice).map((notice) => {
		const when = shownWhen(notice, form, form);
		const text = notice.displayName.replace(/ <a [^>]*>[^<]*<\/a>\./, '');
		return `- ${sentence(text)}${when === '' ? '' : ` (When ${when}.)`}`;
	});
	return lines.length === 0 ? undefined : blocks('### Notices in the form', lines.join('\n'));
}
