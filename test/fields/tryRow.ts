import type { INodeTypeDescription } from 'n8n-workflow';
import type { FieldRow, Outcome, RunOutcome, Setting } from './fieldRow';
import { perObject } from '../../core/perObject';
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
export function parametersOf(form: Form, row: FieldRow): Tried {
	const [, value, , , { with: own = {} } = {}] = row;
	const keys = keysOf(fieldOf(form, row), row);
	const changed = withValue(merged(form.base, own), keys, value);
	return { changed: { ...Object(changed) }, keys };
}

export function fieldOf({ description }: Form, [name]: FieldRow): FormField {
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
	const isShown = at(asShown(form.description, changed), keys) !== undefined;
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
