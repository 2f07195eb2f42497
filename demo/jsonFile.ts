import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { messageOf, UsageError } from './usageError';

/** npm runs scripts in the package's folder; the person's own is in INIT_CWD. */
export function pathOf(given: string): string {
	const folders = [process.env.INIT_CWD, process.cwd()].filter((folder) => folder !== undefined);
	const found = folders.map((folder) => resolve(folder, given)).find((path) => existsSync(path));
	if (!found) throw new UsageError(`${given}: there is no such file`);
	return found;
}

export function readJsonFile(path: string, shown = path): unknown {
	try {
		// A byte order mark is what Windows editors put first.
		return JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
	} catch (error) {
		const reason =
			error instanceof SyntaxError ? `is not JSON: ${error.message}` : messageOf(error);
		throw new UsageError(`${shown}: ${reason.replace(/\s+/g, ' ')}`);
	}
}
