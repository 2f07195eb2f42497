import type { INodeTypeDescription } from 'n8n-workflow';
import type { FieldRow, Outcome, RunOutcome, Setting } from './fieldRow';
import { isRecord } from '../../core/lib/isRecord';
import { perObject } from '../../core/lib/perObject';
import { asShown, formFields, type FormField } from './formFields';
import { at, merged, withValue, type Key, type Parameters } from './parameters';

/** A node under test. */
export interface Form {
	description: INodeTypeDescription;
	/** Parameters of every run, the rows' own over them. */
	base: Parameters;
	rows: readonly FieldRow[];
	run: RunOutcome;
}

export interface Tried {
	changed: Parameters;
	/** Where the value stands in the parameters. */
	keys: Key[];
}

/** The row's parameters with its value, and where that stands. */
function parametersOf(form: Form, row: FieldRow): Tried {
	const [, value, , , { with: own = {} } = {}] = row;
	const keys = keysOf(fieldOf(form, row), row);
	const changed = withValue(merged(form.base, own), keys, value);
	return { changed: { ...Object(changed) }, keys };
}

function fieldOf({ description }: Form, [name]: FieldRow): FormField {
	const [path] = name.split('=');
	const field = formFields(description.properties).find((entry) => entry.name === path);
	if (!field) throw new Error(`the form has no field "${path}"`);
	return field;
}

function keysOf({ keys }: FormField, [, , , , { entry } = {}]: FieldRow): Key[] {
	return keys.map((key) => (typeof key === 'number' ? (entry ?? key) : key));
}

/** Runs the node with the field's default and with the row's value. */
export async function tryRow(
	form: Form,
	row: FieldRow,
): Promise<{ base: Outcome; changed: Outcome }> {
	const [name, value, , , setting = {}] = row;
	const { changed, keys } = parametersOf(form, row);
	const shown = asShown(form.description, changed, setting.node?.typeVersion);
	const isShown = at(shown, keys) !== undefined;
	if (!isShown) throw new Error(`${name} is not shown where its row sets it`);
	const usual = fieldOf(form, row).property.default;
	const isDefault = JSON.stringify(value) === JSON.stringify(usual);
	if (setting.from !== undefined && !isDefault && !Array.isArray(value))
		throw new Error(`${name}: only a row for the default compares with another value`);
	const before = withValue(changed, keys, setting.from);
	return {
		base: await baseOutcome(form, { ...Object(before) }, setting),
		changed: await form.run(changed, setting),
	};
}

/** Rows of the choices on which it hangs what else is shown; those inside of others are the same again. */
export function switchRows({ description, rows }: Form): FieldRow[] {
	const fields = formFields(description.properties);
	const names = fields.flatMap(({ property, keys }) =>
		Object.keys(property.displayOptions?.show ?? {}).map((key) => [...keys.slice(0, -1), key]),
	);
	const deciding = new Set(names.map((keys) => keys.filter((key) => key !== 0).join('.')));
	const isOuter = (name: string) => !name.startsWith('fields.values.fields.');
	return rows.filter(([name]) => {
		const [field, choice] = name.split('=');
		return choice !== undefined && deciding.has(field ?? '') && isOuter(name);
	});
}

/**
 * The run of a switch's row, and two with every field set that is hidden then: n8n leaves them out
 * where the switch is a plain value, and hands them over where it is an expression.
 */
export async function tryHidden(form: Form, row: FieldRow) {
	const [, value, , , setting = {}] = row;
	const { changed, keys } = parametersOf(form, row);
	const hidden = form.rows.filter((other) => {
		const own = fieldOf(form, other).keys;
		const set = { ...Object(withValue(changed, own, other[1])) };
		const isOpen = at(asShown(form.description, changed), own.slice(0, 1)) !== undefined;
		const isThere = !isOpen || isRecord(at(changed, own.slice(0, -1)));
		return isThere && at(asShown(form.description, set), own) === undefined;
	});
	const all = hidden.reduce<unknown>(
		(set, other) => withValue(set, fieldOf(form, other).keys, other[1]),
		changed,
	);
	const { noDataExpression = false } = fieldOf(form, row).property;
	const same = noDataExpression ? value : `={{ ${JSON.stringify(value)} }}`;
	const byExpression = withValue(all, keys, same);
	return {
		fields: hidden.map(([name]) => name),
		plain: await baseOutcome(form, changed, setting),
		hidden: await form.run({ ...Object(all) }, setting),
		byExpression: await form.run({ ...Object(byExpression) }, setting),
	};
}

const known = perObject((_form: Form) => new Map<string, Promise<Outcome>>());
let seen = 0;
const numberOf = perObject((_part: object) => (seen += 1));

/** Many rows have their other run in common. */
async function baseOutcome(form: Form, parameters: Parameters, setting: Setting): Promise<Outcome> {
	const byIdentity = (_key: string, value: unknown) =>
		typeof value === 'function' ? numberOf(value) : value;
	const { with: _with, from: _from, ...rest } = setting;
	const key = JSON.stringify([parameters, rest], byIdentity);
	const outcome = known(form).get(key) ?? form.run(parameters, setting);
	known(form).set(key, outcome);
	return await outcome;
}
