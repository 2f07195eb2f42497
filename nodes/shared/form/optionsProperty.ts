import type { INodeProperties, IDisplayOptions } from 'n8n-workflow';
import {
	SAMPLING,
	SAMPLING_OPTIONS,
	type Field,
	MOST_STOPS,
	NEVER_BOTH,
	PARAMETERS,
} from '../../../core/chat/parameters';
import { listProperty, notice } from './properties';

/**
 * The Options collection of a node, in the order in which people need them: first those that are named,
 * then the others.
 */
export function optionsProperty(
	options: readonly INodeProperties[],
	first: readonly string[] = [],
): INodeProperties {
	const rank = ({ name }: INodeProperties) => {
		if (name === LAST) return Infinity;
		return first.includes(name) ? first.indexOf(name) : first.length;
	};
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: options.toSorted((a, b) => rank(a) - rank(b)),
	};
}

/** The user id, which only matters for accounting, comes last. */
const LAST = 'user';

/** A parameter's field, as n8n shows it. */
function toProperty(name: string, { label: displayName, ...field }: Field): INodeProperties {
	const { description } = field;
	switch (field.kind) {
		case 'list':
			return listProperty({ displayName, name, description }, field.add);
		case 'text':
			return { displayName, name, type: 'string', default: '', description };
		case 'number': {
			const { min: minValue, max: maxValue, decimals: numberPrecision, shown } = field;
			const typeOptions = { minValue, maxValue, numberPrecision };
			return { displayName, name, type: 'number', typeOptions, default: shown, description };
		}
	}
}

export const maxTokensProperty = toProperty('maxTokens', SAMPLING.maxTokens.field);

/** The sampling options that all nodes have. */
export const samplingOptions = Object.entries(SAMPLING_OPTIONS).map(([name, { field }]) =>
	toProperty(name, field),
);

type Condition = NonNullable<IDisplayOptions['show']>[string];
const exists: Condition = [{ _cnd: { exists: true } }];

const pairLabels = NEVER_BOTH.map((key) => PARAMETERS[key].field.label);

/** Above the options: what TokenHub refuses, shown while the form is filled in. */
export const optionNotices: INodeProperties[] = [
	notice(
		'samplingNotice',
		`TokenHub refuses ${pairLabels.join(' together with ')}: remove one of them.`,
		Object.fromEntries(NEVER_BOTH.map((key) => [`/options.${key}`, exists])),
	),
	notice(
		'stopNotice',
		`TokenHub accepts at most ${MOST_STOPS} stop sequences: remove the others.`,
		{ [`/options.stop[${MOST_STOPS}]`]: exists },
	),
];
