import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { installServer } from '../../server/installServer';

/** A local MCP server, on the SDK that n8n's own installation brings. */
export async function startMcp(): Promise<{ url: string; process: ChildProcess }> {
	const folder = await installServer();
	const node = join(folder, 'node_modules', 'node', 'bin', 'node');
	const started = spawn(node, [join(__dirname, 'mcpServer.cjs'), folder], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	if (!started.stdout) throw new Error('the MCP server has no output');
	const [line]: unknown[] = await once(started.stdout, 'data');
	return { url: String(line).trim(), process: started };
}
