import { TokenHubError } from '../../core/errors';
import type { ExtractResult } from '../../core/extract/extract';
import { isRecord } from '../../core/isRecord';
import { noSpending } from '../../core/usage';
import type { ExtractInput } from './parameters';

/**
 * The result as Output Mode wants it. Of `items`, only the first carries the spending, so that a
 * sum over the items is what was paid.
 */
export function shapeOutput(
	result: ExtractResult,
	{ outputMode, itemsPath }: ExtractInput['output'],
	inputJson: object,
): object[] {
	if (outputMode === 'nested') return [result];
	const { output, ...facts } = result;
	if (outputMode === 'merge') {
		return [{ ...facts, ...inputJson, ...(isRecord(output) ? output : { output }) }];
	}
	return listIn(output, itemsPath, result).map((entry, index) => ({
		output: entry,
		...facts,
		...(index === 0 ? {} : noSpending()),
	}));
}

function listIn(output: unknown, path: string, { usage, costUsd }: ExtractResult): unknown[] {
	const keys = path.split('.').filter((key) => key !== '');
	const found = keys.reduce<unknown>(
		(node, key) => (isRecord(node) ? node[key] : undefined),
		output,
	);
	const lists = isRecord(found) ? Object.values(found).filter(Array.isArray) : [];
	const [list] = Array.isArray(found) ? [found] : lists;
	if (list && (lists.length <= 1 || Array.isArray(found))) return list;
	const reason = lists.length > 1 ? 'more than one list' : 'no list';
	throw new TokenHubError('badConfig', `Items Path "${path}": there is ${reason} in the result.`, {
		...{ usage, costUsd, raw: JSON.stringify(output) },
	});
}
