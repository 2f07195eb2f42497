export { createEngine, type Engine } from './createEngine';
export type { NodeEvent } from './runContext';
export type { NodeResult, RunResult } from './runResult';
export { parseWorkflowFile, type WorkflowFile } from './workflowFile';
