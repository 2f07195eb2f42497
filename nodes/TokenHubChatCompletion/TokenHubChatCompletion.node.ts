import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { asTool } from '../shared/asTool';
import { tokenHubApiTest } from '../shared/credentialTest';
import { modelSubtitle, searchModels } from '../shared/modelProperty';
import { bracesHint } from '../shared/notices';
import { runItems } from '../shared/runItems';
import { properties, toolTerms } from './description';
import { chatWork } from './run';

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
		return await runItems(this, chatWork, properties);
	}
}
