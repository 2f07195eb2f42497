import type { INodeProperties } from 'n8n-workflow';
import { modelProperty } from '../shared/modelProperty';
import { modelNotice, optionNotices } from '../shared/notices';
import { optionsProperty } from '../shared/optionsProperty';
import { runOptionProperties } from '../shared/runOptions';
import { maxTokensProperty, samplingOptions } from '../shared/samplingProperties';

const ofEachRequest = runOptionProperties.filter(
	({ name }) => name === 'maxRetries' || name === 'timeoutSeconds',
);

/** As n8n's own chat models have it; its link opens the list of what can be connected. */
const connectionNotice: INodeProperties = {
	displayName:
		"This node must be connected to an AI agent or chain. <a data-action='openSelectiveNodeCreator' data-action-parameter-creatorview='AI'>Insert one</a>",
	name: 'connectionNotice',
	type: 'notice',
	default: '',
	typeOptions: { containerClass: 'ndv-connection-hint-notice' },
};

/** The form. */
export const properties: INodeProperties[] = [
	connectionNotice,
	modelProperty,
	modelNotice,
	...optionNotices,
	optionsProperty([maxTokensProperty, ...samplingOptions, ...ofEachRequest]),
];
