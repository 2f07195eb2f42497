import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { tokenHubApiTest } from '../shared/credentialTest';
import { searchModels } from '../shared/modelProperty';
import { runItems } from '../shared/runItems';
import { properties } from './description';
import { startRun } from './run';

export class TokenHubToolCallLoop implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'TokenHub Tool Call Loop',
		name: 'tokenHubToolCallLoop',
		icon: { light: 'file:../shared/tokenhub.svg', dark: 'file:../shared/tokenhub.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["model"].value || $parameter["model"] }}',
		description: 'An agent: a Claude model that calls your tools until it can answer',
		defaults: { name: 'TokenHub Tool Call Loop' },
		usableAsTool: true,
		inputs: [
			NodeConnectionTypes.Main,
			{ type: NodeConnectionTypes.AiTool, displayName: 'Tools', required: false },
		],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'tokenHubApi', required: true, testedBy: 'tokenHubApiTest' }],
		properties,
	};
	methods = { listSearch: { searchModels }, credentialTest: { tokenHubApiTest } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, startRun(this));
	}
}
