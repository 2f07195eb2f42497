import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { asTool } from '../shared/form/asTool';
import { tokenHubApiTest } from '../shared/account/openClient';
import { modelSubtitle, searchModels } from '../shared/form/modelProperty';
import { bracesHint } from '../shared/form/promptProperties';
import { runItems } from '../shared/run/runItems';
import { properties, toolTerms } from './description';
import { run } from './run';

export class TokenHubChatCompletion implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'TokenHub Chat Completion',
		name: 'tokenHubChatCompletion',
		icon: { light: 'file:../shared/tokenhub.svg', dark: 'file:../shared/tokenhub.dark.svg' },
		group: ['transform'],
		version: [1, 2],
		subtitle: modelSubtitle,
		description: 'Ask a Claude model and get its answer with usage and cost',
		defaults: { name: 'TokenHub Chat Completion' },
		usableAsTool: asTool(properties, toolTerms),
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'tokenHubApi', required: true, testedBy: 'tokenHubApiTest' }],
		hints: [bracesHint],
		properties,
	};
	methods = { listSearch: { searchModels }, credentialTest: { tokenHubApiTest } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, run, properties);
	}
}
