const { createServer } = require('node:http');

const usage = { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 };
const head = { id: 'chatcmpl-1', created: 1, model: 'anthropic/claude-sonnet-4-6' };
const message = { role: 'assistant', content: 'An answer.' };
const whole = JSON.stringify({
	...{ ...head, object: 'chat.completion', usage },
	choices: [{ index: 0, finish_reason: 'stop', message }],
});
const chunk = (delta, finish_reason = null) =>
	`data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
const piece = chunk({ content: 'x'.repeat(64) });
const PIECES = (10 * 1024 * 1024) / 64;
/** Chunks per write, about as many as a gateway would buffer. */
const TOGETHER = 32;

async function stream(response) {
	response.writeHead(200, { 'content-type': 'text/event-stream' });
	for (let sent = 0; sent < PIECES; sent += TOGETHER) {
		if (!response.write(piece.repeat(TOGETHER))) {
			await new Promise((resolve) => response.once('drain', resolve));
		}
	}
	response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`);
}

const server = createServer((request, response) => {
	let body = '';
	request.on('data', (data) => (body += data));
	request.on('end', () => {
		if (JSON.parse(body).stream) return void stream(response);
		response.setHeader('content-type', 'application/json');
		response.end(whole);
	});
});
server.listen(0, '127.0.0.1', () => {
	process.stdout.write(`http://127.0.0.1:${server.address().port}/api/v1\n`);
});
