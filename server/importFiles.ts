import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './runCommand';

/** What exists before the server starts. */
export interface Imports {
	/** Files with one workflow each. */
	files: string[];
	workflows: object[];
	credentials: object[];
}

/** Uses n8n's import commands, which keep ids. Each takes seconds to start, so there are only two. */
export async function importFiles(
	n8n: string[],
	{ files, workflows, credentials }: Imports,
	command: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<void> {
	const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
	const all: unknown[] = [...texts.map((text): unknown => JSON.parse(text)), ...workflows];
	const importOne = async (kind: string, list: unknown[]) => {
		if (list.length === 0) return;
		const input = join(command.cwd, `${kind}.json`);
		await writeFile(input, JSON.stringify(list));
		await runCommand([...n8n, `import:${kind}`, `--input=${input}`], command);
	};
	await importOne('credentials', credentials);
	await importOne('workflow', all);
}
