import type { ISupplyDataFunctions, SupplyData } from 'n8n-workflow';
import { modelFetch } from '../../core/chat/modelFetch';
import { openOffer, type Offer } from '../../core/chat/modelOffer';
import { isRecord } from '../../core/lib/isRecord';
import { remembered } from '../../core/lib/perObject';
import { readForm } from '../shared/item/itemReader';
import { modelPayer } from '../shared/run/toolSpending';
import { readCredential } from '../shared/account/readCredential';
import { modelSupplier } from '../shared/account/aiNodeSdk';
import { n8nSleep } from '../shared/account/n8nPorts';
import { form, toModelConfig } from './parameters';
import { warn } from '../shared/run/warnings';
import { traceSpending } from './traceSpending';

const UNREPAIRED =
	'TokenHub Chat Model: this version of n8n does not let requests be repaired or retried; they are sent as n8n makes them.';
/** The same for every model that this n8n creates. */
let hasWarned = false;

/** n8n's own chat model, with requests that TokenHub accepts, and working retries. */
export async function supplyModel(
	context: ISupplyDataFunctions,
	itemIndex: number,
): Promise<SupplyData> {
	const values = readForm(context, itemIndex, form);
	const access = await readCredential(context, itemIndex);
	const supply = await modelSupplier();
	const { response } = supply(context, { ...toModelConfig(values), ...access });
	traceSpending(response, values.model);
	const fetch = modelFetch({
		maxRetries: values.options.maxRetries,
		sleep: n8nSleep,
		offer: offerOf(context),
		...modelPayer(context),
	});
	const isRepaired = useFetch(response, fetch);
	if (!isRepaired && !hasWarned) context.logger.warn(UNREPAIRED);
	hasWarned ||= !isRepaired;
	return { response };
}

const offers = remembered<Offer>();

/**
 * An agent asks for its model again in each of its turns: what was refused once in an execution stays
 * left out.
 */
function offerOf(context: ISupplyDataFunctions): Offer {
	const open = () => openOffer((words) => tell(context, words));
	const execution = context.getExecutionId();
	return execution ? offers(`${execution} ${context.getNode().id}`, open) : open();
}

/** In n8n's log, and under the node's output if n8n shows hints of sub-nodes. */
function tell(context: ISupplyDataFunctions, message: string): void {
	context.logger.warn(`TokenHub Chat Model: ${message}`);
	warn(context, message);
}

/**
 * Sets the fetch in the options from which n8n's model creates its client, now and when tools are bound
 * to it.
 */
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
