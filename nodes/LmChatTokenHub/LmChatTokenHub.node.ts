import {
	NodeConnectionTypes,
	type INodeType,
	type INodeTypeDescription,
	type ISupplyDataFunctions,
	type SupplyData,
} from 'n8n-workflow';
import { tokenHubApiTest } from '../shared/account/openClient';
import { modelSubtitle, searchModels } from '../shared/form/modelProperty';
import { properties } from './description';
import { supplyModel } from './supplyModel';

export class LmChatTokenHub implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'TokenHub Chat Model',
		name: 'lmChatTokenHub',
		icon: { light: 'file:../shared/tokenhub.svg', dark: 'file:../shared/tokenhub.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: modelSubtitle,
		description: 'Claude by TokenHub for AI agents, chains and extractors',
		defaults: { name: 'TokenHub Chat Model' },
		inputs: [],
		outputs: [NodeConnectionTypes.AiLanguageModel],
		outputNames: ['Model'],
		credentials: [{ name: 'tokenHubApi', required: true, testedBy: 'tokenHubApiTest' }],
		properties,
	};
	methods = { listSearch: { searchModels }, credentialTest: { tokenHubApiTest } };

	async supplyData(this: ISupplyDataFunctions, itemIndex: number): Promise<SupplyData> {
		return await supplyModel(this, itemIndex);
	}
}
