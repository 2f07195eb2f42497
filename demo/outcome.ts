import type { INodeExecutionData } from 'n8n-workflow';
import type { RunResult } from './engine';
import type { Paid } from './spending';

/** One workflow, done. */
export interface Outcome {
	file: string;
	name: string;
	result: RunResult;
	items: INodeExecutionData[];
	paid: Paid;
}
