export { createEngine, type Engine, type EngineOptions, type RunOptions } from './createEngine';
export { isSubWorkflow } from './findStart';
export type { NodeEvent } from './runContext';
export type { RunError } from './runError';
export type { NodeResult, RunResult } from './runResult';
export { parseWorkflowFile, type WorkflowFile } from './workflowFile';
