import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLES } from './paths';

/** Every example workflow, with its whole path. */
export function exampleFiles(): string[] {
	const names = readdirSync(EXAMPLES).filter((name) => name.endsWith('.workflow.json'));
	return names.map((name) => join(EXAMPLES, name));
}
