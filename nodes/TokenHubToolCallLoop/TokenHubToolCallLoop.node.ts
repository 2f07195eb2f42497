import type {
	EngineResponse,
	IExecuteFunctions,
	INodeType,
	INodeTypeDescription,
	NodeOutput,
} from 'n8n-workflow';
import { asTool } from '../shared/form/asTool';
import { tokenHubApiTest } from '../shared/account/openClient';
import { modelSubtitle, searchModels } from '../shared/form/modelProperty';
import { bracesHint } from '../shared/form/promptProperties';
import { properties, toolTerms } from './description';
import { inputs, outputs } from './connections';
import { runLoops } from './runLoops';

export class TokenHubToolCallLoop implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'TokenHub Tool Call Loop',
		name: 'tokenHubToolCallLoop',
		icon: { light: 'file:../shared/tokenhub.svg', dark: 'file:../shared/tokenhub.dark.svg' },
		group: ['transform'],
		version: [1, 2],
		subtitle: modelSubtitle,
		description: 'An agent: a Claude model that calls your tools until it can answer',
		defaults: { name: 'TokenHub Tool Call Loop' },
		usableAsTool: asTool(properties, toolTerms),
		inputs,
		outputs,
		credentials: [{ name: 'tokenHubApi', required: true, testedBy: 'tokenHubApiTest' }],
		hints: [bracesHint],
		properties,
	};
	methods = { listSearch: { searchModels }, credentialTest: { tokenHubApiTest } };

	async execute(this: IExecuteFunctions, response?: EngineResponse): Promise<NodeOutput> {
		return await runLoops(this, response);
	}
}
