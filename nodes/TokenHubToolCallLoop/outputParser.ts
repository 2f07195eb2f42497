import { NodeConnectionTypes } from 'n8n-workflow';
import { TokenHubError } from '../../core/errors';
import { isRecord } from '../../core/lib/isRecord';
import { isZodV3, isZodV4, type ZodType } from '../../core/schema/jsonSchema';
import type { ItemRun } from '../shared/item/itemRun';
import { subNodesOf } from '../shared/run/subNodes';
import { usedAsTool } from '../shared/form/asTool';

const KIND = NodeConnectionTypes.AiOutputParser;

/**
 * The schema of a connected Structured Output Parser: the loop itself asks and corrects with it, so
 * Auto-Fix is not needed. Undefined if none is connected.
 * @throws TokenHubError `badConfig` for another parser, or in addition to Output Schema.
 */
export async function parserSchema(
	{ context, itemIndex }: Pick<ItemRun, 'context' | 'itemIndex'>,
	given: unknown,
): Promise<ZodType | undefined> {
	if (usedAsTool(context) || subNodesOf(context, KIND)?.length === 0) return undefined;
	const supplied: unknown = await context.getInputConnectionData(KIND, itemIndex);
	const [parser] = Array.isArray(supplied) ? Array.from<unknown>(supplied) : [supplied];
	if (!isRecord(parser)) return undefined;
	if (given !== undefined) {
		throw new TokenHubError(
			'badConfig',
			'The output has two schemas: Output Schema (JSON), and the connected output parser.',
			{ hint: 'Remove the option Output Schema (JSON), or disconnect the parser.' },
		);
	}
	// Auto-Fix wraps it in another parser.
	const own = isRecord(parser.outputParser) ? parser.outputParser : parser;
	const schema = valueSchema(own.schema);
	if (schema) return schema;
	throw new TokenHubError(
		'badConfig',
		'The connected output parser has no schema for a single value.',
		{
			hint: 'Connect a Structured Output Parser (version 1.1 or newer), or use the option Output Schema (JSON).',
		},
	);
}

/** n8n's parser asks for the value under a key of its own. */
function valueSchema(schema: unknown): ZodType | undefined {
	const shape = isRecord(schema) && isRecord(schema.shape) ? schema.shape : {};
	if (Object.keys(shape).join() !== 'output') return undefined;
	const value = withoutOptional(shape.output);
	return isZodV3(value) || isZodV4(value) ? value : undefined;
}

function withoutOptional(schema: unknown): unknown {
	const def = isRecord(schema) && isRecord(schema._def) ? schema._def : {};
	return def.typeName === 'ZodOptional' ? def.innerType : schema;
}
