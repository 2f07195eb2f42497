// npm install @opentelemetry/api @opentelemetry/sdk-trace-base @opentelemetry/context-async-hooks
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
	BasicTracerProvider,
	InMemorySpanExporter,
	SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { createClient, defineTool, runToolLoop } from 'n8n-nodes-tokenhub';

// Replace these four lines with your own setup, such as NodeSDK with an OTLP exporter.
const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
trace.setGlobalTracerProvider(provider);
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

const client = createClient({
	apiKey: process.env.TOKENHUB_API_KEY ?? '',
	baseUrl: process.env.TOKENHUB_BASE_URL,
	tracer: trace.getTracer('orders'),
});

const findOrder = defineTool({
	name: 'find_order',
	description: 'Finds an order by its number',
	parameters: { type: 'object', properties: { orderId: { type: 'string' } } },
	execute: () => ({ status: 'shipped', arrives: '2026-11-24' }),
});

await runToolLoop(client, { prompt: 'Where is my order A-1042?', tools: [findOrder] });

await provider.forceFlush();

/** Each span below its parent, with its cost. */
function print(parent?: string, indent = ''): void {
	for (const span of exporter.getFinishedSpans()) {
		if (span.parentSpanContext?.spanId !== parent) continue;
		const usd = span.attributes['gen_ai.usage.cost'];
		console.log(`${indent}${span.name}${usd === undefined ? '' : `, ${usd} USD`}`);
		print(span.spanContext().spanId, `${indent}  `);
	}
}
print();
