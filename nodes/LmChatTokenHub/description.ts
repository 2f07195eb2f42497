import type { INodeProperties } from 'n8n-workflow';
import { modelProperty, modelNotice } from '../shared/form/modelProperty';
import {
	optionNotices,
	optionsProperty,
	maxTokensProperty,
	samplingOptions,
} from '../shared/form/optionsProperty';
import { runOptionProperties } from '../shared/form/runOptions';

const ofEachRequest = runOptionProperties.filter(
	({ name }) => name === 'maxRetries' || name === 'timeoutSeconds',
);

/** As in n8n's own chat models; its link opens the list of nodes that can be connected. */
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
