import { NodeHelpers, type INodeProperties, type INodeTypeDescription } from 'n8n-workflow';
import type { Key, Parameters } from './parameters';

/** One field of a form, in whatever collection it stands. */
export interface FormField {
	/** `tools.values.name` */
	name: string;
	/** Where its value is, in the first entry of each list: `tools`, `values`, 0, `name`. */
	keys: Key[];
	/** Its values that need a row each; none where any value will do. */
	choices: unknown[];
	property: INodeProperties;
}

/** Shown, but without a value. */
const DISPLAY_ONLY = ['notice', 'callout'];

export function formFields(properties: readonly INodeProperties[], keys: Key[] = []): FormField[] {
	return properties.flatMap((property) => {
		const own = [...keys, property.name];
		const { type, options = [] } = property;
		if (DISPLAY_ONLY.includes(type)) return [];
		if (type !== 'collection' && type !== 'fixedCollection') return [toField(property, own)];
		const entry = property.typeOptions?.multipleValues ? [0] : [];
		return options.flatMap((option) => {
			if ('values' in option) return formFields(option.values, [...own, option.name, ...entry]);
			return 'type' in option ? formFields([option], own) : [];
		});
	});
}

function toField(property: INodeProperties, keys: Key[]): FormField {
	const { type, options = [] } = property;
	const choices = ['options', 'multiOptions'].includes(type)
		? options.map((option) => ('value' in option ? option.value : undefined))
		: [];
	const name = keys.filter((key) => typeof key === 'string').join('.');
	return { name, keys, choices, property };
}

/** `mode=json` for each choice of a field, else the field's name. */
export function rowNames({ name, choices }: FormField): string[] {
	return choices.length === 0 ? [name] : choices.map((choice) => `${name}=${String(choice)}`);
}

const AT: [number, number] = [0, 0];

/** What n8n itself leaves of the parameters: fields that are not shown are gone. */
export function asShown(
	description: INodeTypeDescription,
	parameters: Parameters,
	typeVersion = 1,
): unknown {
	const { properties } = description;
	const node = {
		...{ id: 'n', name: 'Node', type: description.name, typeVersion },
		position: AT,
		parameters: {},
	};
	return NodeHelpers.getNodeParameters(
		properties,
		JSON.parse(JSON.stringify(parameters)),
		true,
		false,
		node,
		description,
	);
}
