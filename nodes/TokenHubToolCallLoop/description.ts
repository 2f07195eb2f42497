import type { INodeProperties } from 'n8n-workflow';
import { modelProperty, modelNotice } from '../shared/form/modelProperty';
import { optionNotices, optionsProperty, maxTokensProperty } from '../shared/form/optionsProperty';
import { simplifyProperty } from '../shared/run/output';
import { promptProperties, systemMessageProperty } from '../shared/form/promptProperties';
import { firstOptions, options } from './options';
import { toolsNotice, toolsProperty } from './toolsProperty';

/** The form. */
export const properties: INodeProperties[] = [
	modelProperty,
	modelNotice,
	...promptProperties('e.g. Answer this customer: {{ $json.message }}'),
	systemMessageProperty,
	toolsNotice,
	toolsProperty,
	maxTokensProperty,
	simplifyProperty,
	...optionNotices,
	optionsProperty(options, firstOptions),
];

/** The description for an agent that has the node as a tool. */
export const toolTerms = {
	description:
		'Gives a task to another agent, which has tools of its own, and returns its result in "output". It does not see this conversation.',
	filled: { prompt: 'The whole task, including everything known about it' },
};
