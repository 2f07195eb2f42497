import type { INodeProperties } from 'n8n-workflow';
import { modelProperty } from '../shared/modelProperty';
import { modelNotice, optionNotices } from '../shared/notices';
import { optionsProperty } from '../shared/optionsProperty';
import { runOptionProperties } from '../shared/runOptions';
import { maxTokensProperty, samplingOptions } from '../shared/samplingProperties';

const ofEachRequest = runOptionProperties.filter(
	({ name }) => name === 'maxRetries' || name === 'timeoutSeconds',
);

/** The form. */
export const properties: INodeProperties[] = [
	modelProperty,
	modelNotice,
	...optionNotices,
	optionsProperty([maxTokensProperty, ...samplingOptions, ...ofEachRequest]),
];
