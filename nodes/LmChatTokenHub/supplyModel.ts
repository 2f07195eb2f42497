import type { ISupplyDataFunctions, SupplyData } from 'n8n-workflow';
import { z } from 'zod/v4';
import { modelFetch } from '../../core/chat/modelFetch';
import { isRecord } from '../../core/isRecord';
import { readForm } from '../shared/itemReader';
import { readCredential } from '../shared/readCredential';
import { form, toModelConfig } from './parameters';
import { traceSpending } from './traceSpending';

const UNMENDED =
	'TokenHub Chat Model: this version of n8n leaves no way to mend requests or to retry them; they go out as n8n sends them.';
/** It is the same for every model that this n8n makes. */
let hasWarned = false;

/** n8n's own chat model, with TokenHub's contract kept and retries that retry. */
export async function supplyModel(
	context: ISupplyDataFunctions,
	itemIndex: number,
): Promise<SupplyData> {
	const values = readForm(context, itemIndex, form);
	const access = await readCredential(context, itemIndex);
	const { response } = modelSupplier()(context, { ...toModelConfig(values), ...access });
	traceSpending(response, values.model);
	const isMended = useFetch(response, modelFetch(values.options.maxRetries));
	if (!isMended && !hasWarned) context.logger.warn(UNMENDED);
	hasWarned ||= !isMended;
	return { response };
}

/** By its SDK for nodes, which n8n brings. */
type ModelSupplier = (context: object, model: object) => { response: object };
const isSupplier = (value: unknown): value is ModelSupplier => typeof value === 'function';
const sdkSchema = z.object({ supplyModel: z.custom<ModelSupplier>(isSupplier) });

function modelSupplier(): ModelSupplier {
	// Only where a model is asked for: the other nodes run without it.
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	const loaded: unknown = require('@n8n/ai-node-sdk');
	return sdkSchema.parse({ ...Object(loaded) }).supplyModel;
}

/** Into the settings from which n8n's model makes its client, now and when tools are bound to it. */
function useFetch(model: object, fetch: ReturnType<typeof modelFetch>): boolean {
	const fields: unknown = Reflect.get(model, 'fields');
	const places = [
		isRecord(fields) ? fields.configuration : undefined,
		Reflect.get(model, 'clientConfig'),
	];
	const found = places.filter(isRecord);
	for (const place of found) place.fetch = fetch;
	return found.length > 0;
}
