import { z } from 'zod/v4';
import { TokenHubError } from '../../core/errors';
import { isRecord } from '../../core/lib/isRecord';
import { jsonPointer } from '../../core/lib/jsonPointer';
import { own } from '../../core/lib/own';
import { noSpending } from '../../core/usage';
import { keysTo } from './itemsPath';
import type { ExtractInput } from './parameters';

const said = z.record(z.string(), z.unknown()).optional();
const number = z.number();

/** The parts of a result that are used, new or kept; the rest is shown unchanged. */
export const resultSchema = z.looseObject({
	output: z.unknown(),
	warnings: z.array(z.string()),
	evidence: said,
	confidence: said,
	usage: z.object({ promptTokens: number, completionTokens: number, totalTokens: number }),
	costUsd: number.nullable(),
});
type Result = z.output<typeof resultSchema>;

/**
 * The result as Output Mode requires it, next to the input's fields if they are kept. With `items`,
 * only the first item carries the spending, so that the sum over the items is what was paid.
 */
export function shapeOutput(
	result: Result,
	{ outputMode, itemsPath, includeOtherFields }: ExtractInput['output'],
	{ input, show }: Around,
): object[] {
	const kept = includeOtherFields ? input : {};
	if (outputMode === 'nested') return [{ ...kept, ...show(result) }];
	const { output, evidence, confidence, ...facts } = result;
	if (outputMode === 'merge') {
		const fields = { ...input, ...(isRecord(output) ? output : { output }) };
		const more = show({
			...facts,
			...(evidence ? { evidence } : {}),
			...(confidence ? { confidence } : {}),
		});
		// The fields come first; if a name occurs twice, their value wins.
		return [{ ...fields, ...more, ...fields }];
	}
	const { list, path } = listIn(output, itemsPath, result);
	return list.map((entry, index) => {
		const own = {
			...{ output: entry, ...facts },
			...(evidence ? { evidence: under(jsonPointer([...path, index]), evidence) } : {}),
			...(confidence ? { confidence: under(jsonPointer([...path, index]), confidence) } : {}),
			...(index === 0 ? {} : { ...noSpending(), fallbacks: undefined, attempts: [] }),
		};
		return { ...kept, ...show(own) };
	});
}

interface Around {
	/** The fields of the input item. */
	input: object;
	/** Removes what nobody asked for from a result. */
	show(this: void, result: object): object;
}

/** What is known about one entry, by the pointers of its own values. */
function under<Said>(prefix: string, said: Record<string, Said>): Record<string, Said> {
	const own = Object.entries(said).filter(
		([pointer]) => pointer === prefix || pointer.startsWith(`${prefix}/`),
	);
	return Object.fromEntries(own.map(([pointer, value]) => [pointer.slice(prefix.length), value]));
}

function listIn(
	output: unknown,
	itemsPath: string,
	{ usage, costUsd }: Result,
): { list: unknown[]; path: string[] } {
	const path = keysTo(itemsPath);
	const found = path.reduce<unknown>(
		(node, key) => (isRecord(node) ? own(node, key) : undefined),
		output,
	);
	if (Array.isArray(found)) return { list: found, path };
	const lists = isRecord(found)
		? Object.entries(found).flatMap(([key, value]: [string, unknown]) =>
				Array.isArray(value) ? [{ list: Array.from<unknown>(value), path: [...path, key] }] : [],
			)
		: [];
	const [only, another] = lists;
	if (only && !another) return only;
	const reason = another ? 'more than one list' : 'no list';
	const message = `Items Path "${itemsPath}": there is ${reason} in the result.`;
	const raw = JSON.stringify(output);
	throw new TokenHubError('badConfig', message, { usage, costUsd, raw });
}
