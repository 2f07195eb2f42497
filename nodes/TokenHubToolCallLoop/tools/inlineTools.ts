import type { IExecuteFunctions } from 'n8n-workflow';
import { TokenHubError } from '../../../core/errors';
import { isRecord } from '../../../core/lib/isRecord';
import { type Tool, defineTool } from '../../../core/toolLoop/tool';
import { toDataObject } from '../../shared/run/output';
import { countInto } from '../../shared/run/toolSpending';
import { itemsResult } from './itemsResult';
import type { InlineTool } from './inlineToolSchema';
import type { JsonSchema, ZodType } from '../../../core/schema/jsonSchema';
import { zodFromText } from '../../../core/zodText/zodFromText';
import { own } from '../../../core/lib/own';
import { namesIn } from './fillTemplate';
import { httpTool } from './httpTool';
import { assertMayWait } from '../../shared/form/asTool';
import { warn } from '../../shared/run/warnings';

/**
 * The tools defined in the node's form.
 * @throws TokenHubError `badConfig` that names the tool.
 */
export function inlineTools(
	context: IExecuteFunctions,
	definitions: readonly InlineTool[],
): Tool[] {
	return definitions.map((definition) => {
		const { name, description } = definition;
		if (description.trim() === '') warn(context, withoutDescription(name));
		const maxCalls = definition.maxCalls || undefined;
		const tool = defineTool({ name, description, parameters: parametersOf(definition), maxCalls });
		if (definition.type === 'httpRequest') assertKnownNames(definition, tool);
		return { ...tool, ...runner(context, definition) };
	});
}

/** The model could give no value for another name, and would try in vain. */
function assertKnownNames({ name, url }: InlineTool, { parameters }: Tool): void {
	const { properties } = parameters;
	if (!isRecord(properties)) return;
	const unknown = namesIn(url).find((argument) => own(properties, argument) === undefined);
	if (unknown === undefined) return;
	const message = `Tool "${name}": its URL contains {${unknown}}, which is not one of its parameters.`;
	throw new TokenHubError('badConfig', message, {
		hint: `Its parameters are: ${Object.keys(properties).join(', ') || 'none'}. Add ${unknown}, or correct the URL.`,
	});
}

const withoutDescription = (name: string) =>
	`The tool "${name}" has no Description: the model knows only its name, and may not call it or call it for nothing.`;

function runner(context: IExecuteFunctions, definition: InlineTool): Pick<Tool, 'execute'> {
	switch (definition.type) {
		case 'httpRequest':
			return { execute: httpTool(context, definition) };
		case 'workflow':
			return { execute: workflowTool(context, definition) };
		case 'manual':
			assertMayWait(context, definition.name);
			return {};
	}
}

function parametersOf(definition: InlineTool): ZodType | JsonSchema {
	const { name, schemaSource, zodSchema, jsonSchema } = definition;
	if (schemaSource === 'zod') return zodFromText(zodSchema, `Zod Parameters of tool "${name}"`);
	if (isRecord(jsonSchema)) return jsonSchema;
	const message = `Tool "${name}": JSON Schema Parameters must hold an object.`;
	throw new TokenHubError('badConfig', message, {
		hint: 'Write a JSON Schema, such as { "type": "object", "properties": { "city": { "type": "string" } } }.',
	});
}

/**
 * A tool that runs another workflow: the arguments are its input item, its last items are the result.
 */
export function workflowTool(
	context: IExecuteFunctions,
	{ name, workflowId }: Pick<InlineTool, 'name' | 'workflowId'>,
): Tool['execute'] {
	if (workflowId === '') {
		throw new TokenHubError('badConfig', `Tool "${name}": choose the workflow that it runs.`);
	}
	return async (args, { client }) => {
		const json = toDataObject(isRecord(args) ? args : {});
		const parentExecution = {
			executionId: context.getExecutionId(),
			workflowId: context.getWorkflow().id ?? '',
		};
		if (client.ledger) countInto(parentExecution, client);
		const { data } = await context.executeWorkflow({ id: workflowId }, [{ json }], undefined, {
			parentExecution,
			// Without it, n8n takes every call for a production one, and refuses unpublished workflows.
			executionMode: context.getMode(),
		});
		return await itemsResult(context, data[0] ?? []);
	};
}
