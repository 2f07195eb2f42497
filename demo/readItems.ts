import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod/v4';
import { pathOf, readJsonFile } from './jsonFile';
import { UsageError } from './usageError';

const isObject = (value: unknown): boolean =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const data = z.custom<IDataObject>(isObject);
const wrapped = z.object({ json: data, binary: z.custom<IBinaryKeyData>(isObject).optional() });
const plain = data.transform((json): INodeExecutionData => ({ json }));
const items = z.array(z.union([wrapped, plain])).min(1);

/** `--input`: plain objects or n8n items, one or many. */
export function readItems(given: string): INodeExecutionData[] {
	const content = readJsonFile(pathOf(given), given);
	const parsed = items.safeParse(Array.isArray(content) ? content : [content]);
	if (parsed.success) return parsed.data;
	const [index] = parsed.error.issues[0]?.path ?? [];
	const which =
		index === undefined ? 'the list is empty' : `entry ${String(index)} is not an object`;
	throw new UsageError(`${given}: expected an object or an array of objects, but ${which}`);
}
