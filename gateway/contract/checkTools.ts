import { propertyNames } from '../../core/schema/schemaIndex';
import type { OfferedTool, Parameters } from './chatBody';
import { isDraft2020 } from './draft2020';
import { refuseAsClaude, type Refusal } from './refusal';

export const TOOL_NAME = /^[a-zA-Z0-9_-]{1,128}$/;
const PROPERTY_NAME = /^[a-zA-Z0-9_.-]{1,64}$/;
const COMBINED = ['oneOf', 'allOf', 'anyOf'];

/** What Claude says of tools that it does not take. */
export function checkTools({ tools = [] }: Parameters): Refusal | undefined {
	for (const [index, tool] of tools.entries()) {
		const refusal = checkName(tool, index) ?? checkSchema(tool, index);
		if (refusal) return refusal;
	}
	const names = tools.map((tool) => tool.function.name);
	const repeated = names.findIndex((name, index) => names.indexOf(name) < index);
	if (repeated < 0) return undefined;
	return refuseAsClaude(
		`tools[${repeated}].function.name`,
		`tools: Tool names must be unique: "${names[repeated]}" stands there twice.`,
	);
}

function checkName({ function: { name } }: OfferedTool, index: number): Refusal | undefined {
	if (TOOL_NAME.test(name)) return undefined;
	return refuseAsClaude(
		`tools[${index}].function.name`,
		`tools.${index}.custom.name: String should match pattern '${TOOL_NAME.source}'`,
	);
}

function checkSchema({ function: called }: OfferedTool, index: number): Refusal | undefined {
	const schema = called.parameters;
	const problem = schema && schemaProblem(schema);
	if (problem === undefined) return undefined;
	return refuseAsClaude(
		`tools[${index}].function.parameters`,
		`tools.${index}.custom.input_schema${problem}`,
	);
}

/** Put behind the place of the schema. */
function schemaProblem(schema: Record<string, unknown>): string | undefined {
	if (schema.type === undefined) return '.type: Field required, "object"';
	if (schema.type !== 'object') return `.type: Input should be "object"`;
	if (COMBINED.some((key) => key in schema)) {
		return ': input_schema does not support oneOf, allOf, or anyOf at the top level';
	}
	if (!isDraft2020(schema)) {
		return ': JSON schema is invalid. It must match JSON Schema draft 2020-12 (https://json-schema.org/draft/2020-12).';
	}
	const bad = propertyNames(schema).some((name) => !PROPERTY_NAME.test(name));
	return bad
		? `.properties: Property keys should match pattern '${PROPERTY_NAME.source}'`
		: undefined;
}
