import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import { fingerprint } from '../../../core/lib/names';
import { toJsonSchema, type ZodType } from '../../../core/schema/jsonSchema';
import type { Tool } from '../../../core/toolLoop/tool';
import type { ToolLoopRequest } from '../../../core/toolLoop/loopRequest';
import { nodeOf } from '../../shared/item/itemRun';
import { plainRunOptions } from '../loopFingerprint';
import { limitNames } from '../options';
import type { form } from '../parameters';

/** Which loop it is, for the store: the item that comes back from a stop no longer tells. */
export const marksSchema = z.object({
	/** Of the question as it was given, with its images: what is sent may be repaired. */
	question: z.string(),
	/** Of the question and everything else that its answer depends on. */
	task: z.string(),
});
export type LoopMarks = z.output<typeof marksSchema>;

interface LoopParts {
	values: z.output<typeof form>;
	request: Omit<ToolLoopRequest, 'tools'>;
	/** Of the connected parser. */
	parser?: ZodType;
	tools: readonly Tool[];
	memory?: object;
}

/** Options that do not change the answer of a loop that no limit has ended. */
const WITHOUT = [
	...plainRunOptions,
	...limitNames,
	...['onLimit', 'showToolUse', 'remember', 'checkpointWorkflow', 'checkpointKey'],
	// The question, which has a mark of its own.
	...['images', 'resumeFrom'],
];

/** The same in each execution and process, unless the item or the node has changed. */
export function marksOf(
	context: Pick<IExecuteFunctions, 'getNode'>,
	{ values, request, parser, tools, memory }: LoopParts,
): LoopMarks {
	const { name, typeVersion } = nodeOf(context);
	const { model, systemMessage, tools: inline } = values;
	const options = Object.entries(values.options).filter(([key]) => !WITHOUT.includes(key));
	// A server may list its tools in any order.
	const known = tools
		.map((tool) => [tool.name, tool.description, tool.parameters])
		.map((tool) => JSON.stringify(tool))
		.sort();
	const schema = parser && toJsonSchema(parser);
	const question = givenQuestion(request);
	const made = [question, name, typeVersion, model, systemMessage, inline];
	return { question, task: fingerprint([...made, options, known, schema, memory !== undefined]) };
}

function givenQuestion({ prompt, messages, resume }: LoopParts['request']): string {
	return resume ? storedQuestion(resume) : markOf(prompt ?? messages?.at(-1)?.content);
}

type Asked = Pick<NonNullable<ToolLoopRequest['resume']>, 'messages' | 'history'>;

/** For a state without a mark. */
export function storedQuestion({ messages, history = 0 }: Asked): string {
	const spoken = messages.filter(({ role }) => role !== 'system');
	return markOf(spoken[history]?.content);
}

const markOf = (content: unknown) => fingerprint([content]);
