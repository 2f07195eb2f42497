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
import { outputs } from './labelProperties';
import { routeItems } from './routeItems';
import { run } from './run';

export class TokenHubJsonExtract implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'TokenHub Structured JSON Extract',
		name: 'tokenHubJsonExtract',
		icon: { light: 'file:../shared/tokenhub.svg', dark: 'file:../shared/tokenhub.dark.svg' },
		group: ['transform'],
		version: [1, 2],
		defaultVersion: 2,
		subtitle: modelSubtitle,
		description: 'Turn text into JSON that is valid against your schema',
		defaults: { name: 'TokenHub Structured JSON Extract' },
		usableAsTool: asTool(properties, toolTerms),
		inputs: [NodeConnectionTypes.Main],
		outputs,
		credentials: [{ name: 'tokenHubApi', required: true, testedBy: 'tokenHubApiTest' }],
		hints: [bracesHint],
		properties,
	};
	methods = { listSearch: { searchModels }, credentialTest: { tokenHubApiTest } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const [items = []] = await runItems(this, run, properties);
		return routeItems(this, items);
	}
}
