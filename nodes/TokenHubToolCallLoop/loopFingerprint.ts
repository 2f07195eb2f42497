import type { IExecuteFunctions } from 'n8n-workflow';
import { fingerprint } from '../../core/lib/names';
import { perObject } from '../../core/lib/perObject';
import { readParameters } from '../shared/item/itemReader';
import { readCredential } from '../shared/account/readCredential';
import { runOptionKeys } from '../shared/form/runOptions';
import { subNodesOf } from '../shared/run/subNodes';
import { nodeOf } from '../shared/item/itemRun';

/** Options that only affect how a run processes its items. */
export const plainRunOptions = Object.keys(runOptionKeys).filter(
	(key) => !key.startsWith('fallback'),
);

/** The same for all items of a run. */
const connected = perObject((context: IExecuteFunctions) =>
	(subNodesOf(context) ?? []).flatMap(({ nodes }) =>
		nodes.map(({ name, type, typeVersion, parameters, credentials }) => [
			name,
			type,
			typeVersion,
			parameters,
			credentials,
		]),
	),
);

/** Everything that a loop depends on: the item, the node, what is connected to it, and the account. */
export async function fingerprintOf(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<string> {
	const { type, typeVersion, credentials } = nodeOf(context);
	const { json, binary } = context.getInputData()[itemIndex] ?? {};
	const parameters = readParameters(context, itemIndex, plainRunOptions);
	const access = fingerprint(await readCredential(context, itemIndex));
	const made = [
		type,
		typeVersion,
		parameters,
		json,
		binary,
		connected(context),
		credentials,
		access,
	];
	return fingerprint(made);
}
