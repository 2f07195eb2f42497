import type { IExecuteFunctions } from 'n8n-workflow';
import { fingerprint } from '../../core/names';
import { readParameters } from '../shared/item/itemReader';
import { readCredential } from '../shared/account/readCredential';
import { runOptionKeys } from '../shared/form/runOptions';
import { subNodesOf } from '../shared/run/subNodes';

/** Options that only say how a run goes about its items. */
const WITHOUT = Object.keys(runOptionKeys).filter((key) => !key.startsWith('fallback'));

/** All that a loop is made of: the item, the node, what is connected to it, and who is asking. */
export async function fingerprintOf(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<string> {
	const { type, typeVersion, credentials } = context.getNode();
	const { json, binary } = context.getInputData()[itemIndex] ?? {};
	const parameters = readParameters(context, itemIndex, WITHOUT);
	const connected = (subNodesOf(context) ?? []).flatMap(({ nodes }) =>
		nodes.map((node) => [
			node.name,
			node.type,
			node.typeVersion,
			node.parameters,
			node.credentials,
		]),
	);
	const access = fingerprint(await readCredential(context, itemIndex));
	const made = [type, typeVersion, parameters, json, binary, connected, credentials, access];
	return fingerprint(made);
}
