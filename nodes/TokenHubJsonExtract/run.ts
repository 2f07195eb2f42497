import { extract } from '../../core/extract/extract';
import { readImages } from '../shared/images';
import { readForm } from '../shared/itemReader';
import type { ItemRun } from '../shared/runItems';
import { shapeOutput } from './outputShape';
import { form, toExtractInput } from './parameters';

export async function run(item: ItemRun): Promise<object[]> {
	const input = toExtractInput(readForm(item.context, item.itemIndex, form));
	const images = await readImages(item, input.images);
	const { client, signal, budgetUsd: maxCostUsd } = item;
	const request = { ...input.request, images, maxCostUsd };
	const result = await extract(client, request, { signal });
	return shapeOutput(result, input.output, item.context.getInputData()[item.itemIndex]?.json ?? {});
}
