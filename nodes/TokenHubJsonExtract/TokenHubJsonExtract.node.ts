import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { tokenHubApiTest } from '../shared/credentialTest';
import { searchModels } from '../shared/modelProperty';
import { runItems } from '../shared/runItems';
import { description } from './description';
import { run } from './run';

export class TokenHubJsonExtract implements INodeType {
	description = description;
	methods = { listSearch: { searchModels }, credentialTest: { tokenHubApiTest } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, run);
	}
}
