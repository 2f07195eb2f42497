import type { Parameters } from './chatBody';
import { checkTools } from './checkTools';
import { refuse, type Refusal } from './refusal';

/** Rules that tie one parameter to another. */
export function checkCombinations(body: Parameters): Refusal | undefined {
	if (body.temperature !== undefined && body.top_p !== undefined) {
		return refuse('top_p', 'use temperature or top_p, never both');
	}
	if (body.stream_options && !body.stream) {
		return refuse('stream_options', 'is allowed only with stream: true');
	}
	return checkTools(body) ?? checkToolChoice(body);
}

function checkToolChoice({ tool_choice: choice, tools }: Parameters): Refusal | undefined {
	if (choice === undefined) return undefined;
	if (!tools) return refuse('tool_choice', 'is allowed only with tools');
	if (typeof choice === 'string') return undefined;
	const wanted = choice.function.name;
	if (tools.some((tool) => tool.function.name === wanted)) return undefined;
	return refuse('tool_choice', `names "${wanted}", which is not among the tools`);
}
