import { z } from 'zod';
// In your project: from 'n8n-nodes-tokenhub'
import { extract, type ExtractResult, type TokenHubClient } from '../../core';

const invoice = z.object({
	invoiceNumber: z.string(),
	total: z.number(),
	currency: z.enum(['EUR', 'USD']),
});

/** The cheap model first; the dear one only where its answer does not validate. */
export function extractInvoice(client: TokenHubClient): Promise<ExtractResult> {
	return extract(client, {
		model: 'claude-haiku-4-5',
		escalateTo: ['claude-sonnet-4-6'],
		text: 'Invoice INV-2026-0117, total: 448.00 EUR',
		schema: invoice,
		evidence: true,
	});
}
