import { NodeOperationError } from 'n8n-workflow';
import { asTokenHubError } from '../../nodes/shared/run/nodeError';

const node = { id: '1', name: 'Node', type: 'x', typeVersion: 1, parameters: {} };

test.each([
	['says why', { description: 'No session ID found' }, 'No session ID found'],
	['says nothing', {}, 'Correct the field that the message names.'],
])('an error of a sub-node that %s', (_what, options, hint) => {
	const thrown = new NodeOperationError(
		{ ...node, position: [0, 0] },
		'Error in sub-node Simple Memory',
		options,
	);
	const { message, details } = asTokenHubError(thrown);
	expect([message, details.hint]).toEqual(['Error in sub-node Simple Memory', hint]);
});
