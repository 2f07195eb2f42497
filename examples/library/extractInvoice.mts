import { createClient, extract, TokenHubError } from 'n8n-nodes-tokenhub';
import { z } from 'zod';

const client = createClient({
	apiKey: process.env.TOKENHUB_API_KEY ?? '',
	baseUrl: process.env.TOKENHUB_BASE_URL,
});

const invoice = z.object({
	invoiceNumber: z.string(),
	total: z.number(),
	currency: z.enum(['EUR', 'USD']),
});

try {
	// The cheaper model first; the other one only if its answer is invalid.
	const { output, evidence, attempts, costUsd } = await extract(client, {
		model: 'claude-haiku-4-5',
		escalateTo: ['claude-sonnet-4-6'],
		text: 'Invoice INV-2026-0117, total: 448.00 EUR',
		schema: invoice,
		evidence: true,
	});
	console.log(output);
	console.log(`evidence for the total: ${evidence?.['/total']?.quote}`);
	console.log(`${attempts.length} request, ${costUsd} USD`);
} catch (error) {
	if (!(error instanceof TokenHubError)) throw error;
	console.error(error.message, error.details);
	process.exitCode = 1;
}
