import { own } from '../../core/lib/own';
import type { ChatBody, OfferedTool } from '../contract/chatBody';
import type { ScriptedCall } from '../reply';
import { listOf, recordOf } from './field';
import { fillSchema, isEmpty } from './fillSchema';
import { findArithmetic } from './phrases';
import { resultText, scopedText, type Turn } from './turn';
import { spaced, stemsOf } from './words';

const MATH_WORDS = ['math', 'arithmetic', 'calculator', 'calculat', 'expression'];

/** The tools that this turn needs: those forced, or those that share a word with the user's message. */
export function chooseCalls(body: ChatBody, turn: Turn): ScriptedCall[] {
	const { tools = [], tool_choice: choice = 'auto' } = body;
	if (choice === 'none') return [];
	if (typeof choice === 'object') {
		const named = tools.filter((tool) => tool.function.name === choice.function.name);
		return named.map((tool) => callOf(tool, argumentsFor(tool, { ...turn, results: [] })));
	}
	const ranked = rank(tools, turn);
	const wanted = ranked
		.filter(({ tool, shared }) => shared > 0 && !turn.called.has(tool.function.name))
		.map(({ tool }) => ({ tool, args: argumentsFor(tool, turn) }))
		.filter(({ tool, args }) => isFilled(tool, args));
	if (wanted.length > 0) return wanted.map(({ tool, args }) => callOf(tool, args));
	return choice === 'required' ? firstOf(ranked, turn) : [];
}

function firstOf(ranked: { tool: OfferedTool }[], turn: Turn): ScriptedCall[] {
	const fresh = ranked.find(({ tool }) => !turn.called.has(tool.function.name)) ?? ranked[0];
	return fresh ? [callOf(fresh.tool, argumentsFor(fresh.tool, turn))] : [];
}

function rank(tools: OfferedTool[], { userText }: Turn) {
	const said = stemsOf(userText);
	if (findArithmetic(userText)) MATH_WORDS.forEach((word) => said.add(word));
	return tools
		.map((tool) => {
			const words = stemsOf(`${spaced(tool.function.name)} ${tool.function.description ?? ''}`);
			return { tool, shared: [...words].filter((word) => said.has(word)).length };
		})
		.toSorted((a, b) => b.shared - a.shared);
}

/** Taken from the user's words; from earlier results too if the words are not enough. */
function argumentsFor(tool: OfferedTool, turn: Turn): object {
	const results = turn.results.map((result) => resultText(result.text));
	const more = results.length > 0 ? [turn.userText, ...results].join('\n') : turn.allUserText;
	const args = read(tool, turn.userText, turn);
	if (isFilled(tool, args)) return args;
	const fuller = read(tool, more, turn);
	return isFilled(tool, fuller) ? fuller : args;
}

function read(tool: OfferedTool, text: string, { instructions }: Turn): object {
	const schema = tool.function.parameters ?? { type: 'object' };
	return recordOf(fillSchema(schema, scopedText(text, instructions)));
}

function isFilled(tool: OfferedTool, args: object): boolean {
	const { required, properties } = tool.function.parameters ?? {};
	const schemas = recordOf(properties);
	return listOf(required).every(
		(name) =>
			typeof name === 'string' &&
			(!isEmpty(own({ ...args }, name)) || takesNothing(own(schemas, name))),
	);
}

/**
 * An object that may be empty. n8n up to 2.20 asks for one next to the arguments of a tool under
 * review.
 */
function takesNothing(schema: unknown): boolean {
	const { type, properties, additionalProperties } = recordOf(schema);
	const isClosed = type === 'object' && additionalProperties === false;
	return isClosed && Object.keys(recordOf(properties)).length === 0;
}

function callOf(tool: OfferedTool, args: object): ScriptedCall {
	return { name: tool.function.name, arguments: args };
}
