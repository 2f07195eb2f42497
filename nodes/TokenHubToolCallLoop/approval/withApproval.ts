import type { IExecuteFunctions } from 'n8n-workflow';
import { isRecord } from '../../../core/lib/isRecord';
import { withinBudget } from '../../../core/schema/patterns/budget';
import type { Tool } from '../../../core/toolLoop/tool';
import { readsReturningItem, textsOf } from '../../shared/item/itemExpressions';
import { assertMayWait } from '../../shared/form/asTool';
import type { ConnectedTools } from '../tools/connectedTools';
import type { Row } from './approveOption';
import { conditionOf, refusal } from './conditions';
import { nodeOf } from '../../shared/item/itemRun';

/**
 * The tools; those that a condition is about ask a person.
 * @throws TokenHubError `badConfig`, before any request, for a condition that cannot be read or
 * enforced.
 */
export function withApproval(
	context: IExecuteFunctions,
	{ rows, connected }: { rows: readonly Row[]; connected: ConnectedTools },
	tools: readonly Tool[],
): Tool[] {
	const rules = rows.map((row, index) => ({ tool: row.tool, asks: conditionOf(row, index) }));
	for (const { tool } of rules) assertKnown(tool, tools, connected);
	return tools.map((tool) => {
		const own = rules.filter((rule) => rule.tool === '' || rule.tool === tool.name);
		const isAsked = tool.needsApproval === true;
		if (own.length === 0 || isAsked) return tool;
		if (!tool.execute) return assertNotByEngine(tool, connected);
		assertMayWait(context, tool.name);
		assertOwnValues(context, tool.name, connected);
		const asks = (args: unknown) => own.some((rule) => rule.asks(args));
		// One budget for the patterns of all conditions.
		return { ...tool, needsApproval: (args) => withinBudget(() => asks(args))?.result ?? true };
	});
}

function assertKnown(name: string, tools: readonly Tool[], { engineTools }: ConnectedTools): void {
	const tool = tools.find((one) => one.name === name);
	if (name === '' || tool?.execute || engineTools.has(name)) return;
	const known = tools.flatMap((one) => (one.execute ? one.name : [])).join(', ') || 'none';
	throw tool
		? refusal(`"${name}" is run by the workflow, which decides itself.`, `Remove the condition.`)
		: refusal(`"${name}" is not a tool.`, `The tools that the loop runs are: ${known}.`);
}

/** The workflow decides about tools that it runs itself; n8n's engine would not wait for a yes. */
function assertNotByEngine(tool: Tool, { engineTools }: ConnectedTools): Tool {
	if (!engineTools.has(tool.name)) return tool;
	throw refusal(
		`n8n's engine runs "${tool.name}", and would not ask.`,
		"Take it out of Image Tools, or connect it to one of n8n's Human review tools.",
	);
}

/** After a yes, the loop continues with the item that came back: `$json` would be a different one. */
function assertOwnValues(
	context: IExecuteFunctions,
	name: string,
	connected: ConnectedTools,
): void {
	const { tools }: Record<string, unknown> = nodeOf(context).parameters;
	const rows: unknown[] = isRecord(tools) && Array.isArray(tools.values) ? tools.values : [];
	const inline = rows.filter((row) => isRecord(row) && row.name === name).flatMap(textsOf);
	const text = connected.readsItem.get(name) ?? inline.find(readsReturningItem);
	if (text === undefined) return;
	throw refusal(
		`the tool "${name}" reads the item in "${text.slice(0, 200)}", which is a different item after an approval.`,
		"Name the node that the value comes from: $('Webhook').item.json instead of $json.",
	);
}
