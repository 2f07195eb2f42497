import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import { TokenHubError } from '../../../core/errors';
import { resumesFrom } from '../parameters';
import { waitingCalls } from './issuedLoops';

/**
 * As n8n's nodes that send and wait return it, and nothing more: nobody asks a question in this form.
 */
const bareDecision = z.strictObject({ data: z.looseObject({ approved: z.boolean() }) });
const MOST_NAMED = 5;

/**
 * A person's answer that leads back to no call, for example because a node in between has dropped n8n's
 * paired items. Taken as a question, it would be paid for, and the call would wait forever.
 * @throws TokenHubError `badConfig` that names the calls.
 */
export function assertNoLostDecision(context: IExecuteFunctions, itemIndex: number): void {
	const json = context.getInputData()[itemIndex]?.json ?? {};
	// Nearly all items end here, which spares zod describing what is wrong with each.
	if (!('data' in json)) return;
	const item = bareDecision.safeParse(json);
	if (!item.success) return;
	const waiting = waitingCalls(context);
	if (waiting.length === 0 || resumesFrom(context, itemIndex)) return;
	const named = waiting.slice(0, MOST_NAMED).map(({ name, callId }) => `"${name}" (${callId})`);
	const more = waiting.length > MOST_NAMED ? ` and ${waiting.length - MOST_NAMED} more` : '';
	const decision = item.data.data.approved ? 'yes' : 'no';
	throw new TokenHubError(
		'badConfig',
		`A person said ${decision}, but n8n does not know about which call. Waiting: ${named.join(', ')}${more}.`,
		{
			hint: 'Connect the node that asks directly to this node. If a node between them makes new items, add "callId" and "resume" of the item from Tool Calls to them.',
		},
	);
}
