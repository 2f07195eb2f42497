import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
// Not imported from the index: wrong input must be reported before the engine is loaded.
import {
	isSubWorkflow,
	parseWorkflowFile,
	STAND_INS,
	type WorkflowFile,
} from './engine/workflowFile';
import { messageOf, pathOf, readJsonFile, UsageError } from './input';

interface NamedWorkflow {
	file: string;
	name: string;
	workflow: WorkflowFile;
}

export interface Found {
	toRun: NamedWorkflow[];
	/** All workflows that may be called by id. */
	callable: WorkflowFile[];
	/** Examples with n8n nodes that are not available here. */
	onlyInN8n: NamedWorkflow[];
}

const ENDING = '.workflow.json';

/** The given files, or every example, with the workflows next to them. */
export function findWorkflows(given: string[], examples: string): Found {
	const paths = given.length > 0 ? given.map(pathOf) : workflowsIn(examples);
	if (paths.length === 0) throw new UsageError(`${examples}: there is no *${ENDING} in it`);
	const named = paths.map((path, index) => read(path, given[index] ?? basename(path)));
	const alone = named.length === 1;
	const startable = named.filter(({ workflow }) => alone || !isSubWorkflow(workflow));
	const isElsewhere = ({ workflow }: NamedWorkflow) => given.length === 0 && needsN8n(workflow);
	return {
		toRun: startable.filter((found) => !isElsewhere(found)),
		onlyInN8n: startable.filter(isElsewhere),
		callable: [...named.map(({ workflow }) => workflow), ...neighbours(paths)],
	};
}

/** Whether it must run an n8n node that has no stand-in here. */
function needsN8n({ nodes, pinData }: WorkflowFile): boolean {
	const known: string[] = Object.values(STAND_INS);
	return nodes.some(
		({ type, name, disabled }) =>
			/^(@n8n\/)?n8n-nodes-(base|langchain)\./.test(type) &&
			!known.includes(type) &&
			!disabled &&
			!pinData?.[name],
	);
}

function workflowsIn(folder: string): string[] {
	if (!existsSync(folder)) return [];
	const names = readdirSync(folder).filter((name) => name.endsWith(ENDING));
	return names.sort().map((name) => join(folder, name));
}

function neighbours(paths: string[]): WorkflowFile[] {
	const folders = new Set(paths.map((path) => dirname(path)));
	const others = [...folders].flatMap(workflowsIn).filter((path) => !paths.includes(path));
	return others.map((path) => read(path, basename(path)).workflow);
}

function read(path: string, file: string): NamedWorkflow {
	const content = readJsonFile(path, file);
	try {
		const workflow = parseWorkflowFile(content);
		return { file, name: workflow.name ?? basename(path, ENDING), workflow };
	} catch (error) {
		throw new UsageError(`${file}: ${messageOf(error)}`);
	}
}
