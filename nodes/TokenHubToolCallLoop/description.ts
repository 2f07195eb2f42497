import type { INodeProperties } from 'n8n-workflow';
import { modelProperty } from '../shared/modelProperty';
import { modelNotice, optionNotices } from '../shared/notices';
import { optionsProperty } from '../shared/optionsProperty';
import { simplifyProperty } from '../shared/simplifyOutput';
import { maxTokensProperty } from '../shared/samplingProperties';
import { promptProperties } from '../shared/promptProperties';
import { systemMessageProperty } from '../shared/systemMessageProperty';
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

/** What an agent is told that has the node as a tool. */
export const toolTerms = {
	description:
		'Gives a task to another agent, which has tools of its own, and returns its result in "output". It does not see this conversation.',
	filled: { prompt: 'The whole task, including everything known about it' },
};
