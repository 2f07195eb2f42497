import { extractInvoice } from '../../examples/library/extractInvoice';
import { firstMessage } from '../../examples/library/firstMessage';
import { toolLoop } from '../../examples/library/toolLoop';
import { openGateway } from '../support/openGateway';

test('firstMessage', async () => {
	const { client } = await openGateway(() => ({ text: 'The Aare.' }));
	const [answer, streamed] = await firstMessage(client);
	expect(answer).toMatch(/^The Aare\. \(\$0\.0\d+\)$/);
	expect(streamed).toBe('The Aare.');
});

test('toolLoop', async () => {
	const { client } = await openGateway();
	const { stopReason, steps } = await toolLoop(client);
	expect(stopReason).toBe('answered');
	expect(steps).toMatchObject([{ tool: 'find_order', result: { status: 'shipped' } }]);
});

test('extractInvoice', async () => {
	const { client } = await openGateway();
	const { output, evidence } = await extractInvoice(client);
	expect(output).toEqual({ invoiceNumber: 'INV-2026-0117', total: 448, currency: 'EUR' });
	expect(evidence?.['/total']?.quote).toBe('448.00');
});
