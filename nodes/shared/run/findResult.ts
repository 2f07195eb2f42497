import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { TokenHubError } from '../../../core/errors';
import { isRecord } from '../../../core/lib/isRecord';
import { fingerprint } from '../../../core/lib/names';
import { perObject } from '../../../core/lib/perObject';
import { valueOrReason } from '../../../core/messageOf';
import { reused } from '../../../core/usage';
import { locatorField, optionalText } from '../form/formFields';
import { readForm } from '../item/itemReader';
import { readCredential } from '../account/readCredential';
import { runOptionProperties, runOptionsForm } from '../form/runOptions';
import { warn } from './warnings';
import type { Reuse } from './reuse';
import { callStateWorkflow, STATE_HINT } from './stateWorkflow';
import { nodeOf } from '../item/itemRun';

/** Options of the nodes whose result depends on a single request. */
const resultOptions: INodeProperties[] = [
	{
		displayName: 'Results Workflow',
		name: 'resultsWorkflow',
		type: 'workflowSelector',
		default: '',
		description:
			'A workflow that keeps the result of each item, so that no later execution pays for the same request again: it receives "key" and, to be stored, "state", and returns the state that it has for the key',
	},
	{
		displayName: 'Results Key',
		name: 'resultsKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.customerId }}',
		description:
			'Only results that were kept under the same Results Key are reused. Change it to ask everything again.',
		displayOptions: { show: { resultsWorkflow: [{ _cnd: { exists: true } }] } },
	},
];
/** The options of the run, with those of kept results after Reuse Results. */
export const withResultOptions = runOptionProperties.flatMap((property) =>
	property.name === 'reuseResults' ? [property, ...resultOptions] : property,
);
export const resultShape = {
	resultsWorkflow: locatorField.optional(),
	resultsKey: optionalText.optional(),
};

/** What an item asks. */
export interface Askable {
	/** Everything that its result depends on, as JSON; undefined if nothing can be reused. */
	madeOf: unknown;
	options: { resultsWorkflow?: string; resultsKey?: string };
}

interface Place {
	context: IExecuteFunctions;
	itemIndex: number;
}

interface Found<Result> {
	/** A result that was paid for before: it costs nothing. */
	known?: Result;
	keep(result: object): Promise<void>;
}

/**
 * The result of an item if the same was asked before.
 * @throws TokenHubError `badConfig` if the store cannot be read: asking again would mean paying again.
 */
export async function findResult<Result extends object>(
	{ context, itemIndex }: Place,
	{ madeOf, options }: Askable,
	{ reuse, schema }: { reuse: Reuse; schema: z.ZodType<Result> },
): Promise<Found<Result>> {
	const isKept = reuse.isOn || (options.resultsWorkflow ?? '') !== '';
	if (madeOf === undefined || !isKept) return { keep: () => Promise.resolve() };
	const { fallbackModels, fallbackOn } = readForm(context, 0, runOptionsForm).options;
	const access = await readCredential(context, itemIndex);
	const { type } = nodeOf(context);
	const made = fingerprint([type, access, fallbackModels, fallbackOn, madeOf]);
	const key = nthOf(context, made);
	const store = openStore(context, options, key);
	const before = reuse.known(key) ?? (await store?.load());
	const known = before && schema.parse(before);
	return {
		known: known && reused(known),
		async keep(result) {
			reuse.keep(key, result);
			await store?.save(result);
		},
	};
}

const counts = perObject<IExecuteFunctions, Map<string, number>>(() => new Map());

/** Items of a run that ask the same each have their own answer, as they would without a store. */
function nthOf(context: IExecuteFunctions, made: string): string {
	const known = counts(context);
	const n = known.get(made) ?? 0;
	known.set(made, n + 1);
	return n === 0 ? made : fingerprint([made, n]);
}

interface Store {
	load(): Promise<object | undefined>;
	save(result: object): Promise<void>;
}

function openStore(
	context: IExecuteFunctions,
	{ resultsWorkflow: id, resultsKey }: Askable['options'],
	fingerprinted: string,
): Store | undefined {
	if (id === undefined || id === '') return undefined;
	const key = resultsKey === undefined ? fingerprinted : `${resultsKey}/${fingerprinted}`;
	const call = async (state?: object) => await callStateWorkflow(context, id, { key, state });
	return {
		async load() {
			const state = await call();
			// If it finds nothing, such a workflow may return its input.
			if (state === undefined || (isRecord(state) && !('result' in state))) return undefined;
			const read = stateSchema.safeParse(state).data;
			if (read?.of === key) return read.result;
			throw new TokenHubError(
				'badConfig',
				read
					? 'Results Workflow returned the result of another key.'
					: 'Results Workflow returned a state that cannot be read.',
				{
					hint: STATE_HINT,
				},
			);
		},
		async save(result) {
			const saved = await valueOrReason(async () => await call({ of: key, result }));
			// The answer is paid for, and available.
			if (!saved.ok) warn(context, `Results that could not be kept: ${saved.reason}`);
		},
	};
}

/** With its key: a workflow that returns any row would give the answer to another question. */
const stateSchema = z.object({ of: z.string(), result: z.looseObject({}) });
