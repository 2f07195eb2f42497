import type { Parameters } from './chatBody';
import { refuse, type Refusal } from './refusal';

/** Rules that tie one parameter to another. */
export function checkCombinations(body: Parameters): Refusal | undefined {
	if (body.temperature !== undefined && body.top_p !== undefined) {
		return refuse('top_p', 'use temperature or top_p, never both');
	}
	if (body.stream_options && !body.stream) {
		return refuse('stream_options', 'is allowed only with stream: true');
	}
	return checkToolNames(body) ?? checkToolChoice(body);
}

function checkToolNames({ tools = [] }: Parameters): Refusal | undefined {
	const names = tools.map((tool) => tool.function.name);
	const repeated = names.findIndex((name, index) => names.indexOf(name) < index);
	if (repeated < 0) return undefined;
	return refuse(`tools[${repeated}].function.name`, `"${names[repeated]}" is not unique`);
}

function checkToolChoice({ tool_choice: choice, tools }: Parameters): Refusal | undefined {
	if (choice === undefined) return undefined;
	if (!tools) return refuse('tool_choice', 'is allowed only with tools');
	if (typeof choice === 'string') return undefined;
	const wanted = choice.function.name;
	if (tools.some((tool) => tool.function.name === wanted)) return undefined;
	return refuse('tool_choice', `names "${wanted}", which is not among the tools`);
}
