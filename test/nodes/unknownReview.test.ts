import { readConnectedTool } from '../../nodes/TokenHubToolCallLoop/tools/connectedTool';
import { engineTool } from '../../nodes/TokenHubToolCallLoop/tools/engineTool';

/** n8n 2.20 names no node behind a review whose tool is of LangChain: a direct call would skip the person. */
const schema = { type: 'object', properties: { toolParameters: { type: 'object' } } };
const nodeOf = (type: string) => ({
	...{ id: '1', name: 'Review', type, typeVersion: 1, parameters: {} },
	position: [0, 0] satisfies [number, number],
});
const inspected = (type: string, metadata: object) =>
	engineTool(readConnectedTool({ name: 'refund', schema, metadata, invoke: () => '' }), schema, {
		givesImages: false,
		nodes: [
			{
				subNode: { node: nodeOf(type), nodes: [nodeOf(type)], kinds: new Set<string>() },
				...{ isPerItem: false, isPerCall: false },
			},
		],
	});

test.each([
	{ sourceNodeName: 'Review' },
	{ sourceNodeName: 'Review', gatedToolNodeName: undefined },
])('a review that names no tool is refused: %j', (metadata) => {
	expect(() => inspected('n8n-nodes-base.emailSendHitlTool', metadata)).toThrow(
		/does not say which tool is behind the human review of "refund"/,
	);
});

test('any other tool is called as ever', () => {
	expect(inspected('n8n-nodes-base.emailSendTool', { sourceNodeName: 'Review' })).toBeUndefined();
	expect(
		inspected('n8n-nodes-base.emailSendHitlTool', {
			...{ sourceNodeName: 'Review', gatedToolNodeName: 'Refund' },
		}),
	).toMatchObject({ node: 'Review', gatedNode: 'Refund' });
});
