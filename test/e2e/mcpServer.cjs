// A local MCP server on the official SDK, which n8n's own installation brings: its folder is the
// first argument. Prints its URL when it is ready.
const { createServer } = require('node:http');
const { createRequire } = require('node:module');
const { join } = require('node:path');

const fromServer = createRequire(join(process.argv[2], 'package.json'));
const { McpServer } = fromServer('@modelcontextprotocol/sdk/server/mcp.js');
const { StreamableHTTPServerTransport } = fromServer(
	'@modelcontextprotocol/sdk/server/streamableHttp.js',
);
const { z } = fromServer('zod');

const PNG =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

function mcp(url) {
	const server = new McpServer({ name: 'shop', version: '1.0.0' });
	server.registerTool(
		'stock.level',
		{ description: 'Stock of a product', inputSchema: { sku: z.string() } },
		({ sku }) => ({ content: [{ type: 'text', text: `12 of ${sku}` }] }),
	);
	server.registerTool(
		'photo',
		{ description: 'Photo of a product', inputSchema: { sku: z.string() } },
		({ sku }) => ({
			content: [
				{ type: 'text', text: `Photo of ${sku}` },
				{ type: 'image', data: PNG, mimeType: 'image/png' },
			],
		}),
	);
	server.registerTool(
		'broken',
		{ description: 'Always fails', inputSchema: { sku: z.string() } },
		() => ({ content: [{ type: 'text', text: 'the warehouse is closed' }], isError: true }),
	);
	server.registerTool(
		'caller',
		{ description: 'Address that was called', inputSchema: { said: z.string() } },
		({ said }) => ({ content: [{ type: 'text', text: `${url} ${said}` }] }),
	);
	return server;
}

/** 100 tools under `/mcp/many`, each with names of properties that Claude refuses. */
function many() {
	const server = new McpServer({ name: 'many', version: '1.0.0' });
	for (let n = 0; n < 100; n += 1) {
		server.registerTool(
			`tool_${n}`,
			{
				description: `Number ${n}`,
				inputSchema: { 'the text': z.string(), $rows: z.array(z.object({ 'an id': z.string() })) },
			},
			(args) => ({ content: [{ type: 'text', text: `${n}: ${JSON.stringify(args)}` }] }),
		);
	}
	return server;
}

const http = createServer(async (request, response) => {
	const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
	response.on('close', () => transport.close());
	const isMany = request.url.endsWith('/many');
	await (isMany ? many() : mcp(request.url)).connect(transport);
	await transport.handleRequest(request, response);
});
http.listen(0, '127.0.0.1', () => {
	process.stdout.write(`http://127.0.0.1:${http.address().port}/mcp\n`);
});
