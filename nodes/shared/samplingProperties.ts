import type { INodeProperties } from 'n8n-workflow';
import { SAMPLING, SAMPLING_OPTIONS, type Field } from '../../core/chat/parameters';
import { listProperty } from './listProperty';

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

/** Options that steer the answer, common to all nodes. */
export const samplingOptions = Object.entries(SAMPLING_OPTIONS).map(([name, { field }]) =>
	toProperty(name, field),
);
