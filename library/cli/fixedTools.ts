import { readFile } from 'node:fs/promises';
import { defineTool, runToolLoop, type RunInput, type Tool } from '../../core';
import { readJson } from './readCases';

const isFields = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Answers cases by a loop whose tools always say the same. */
export async function fixedLoop(path: string): Promise<(input: RunInput) => Promise<unknown>> {
	const list = readJson(await readFile(path, 'utf8'), path);
	if (!Array.isArray(list)) throw new Error(`${path} is no list of tools.`);
	const tools = list.map((one: unknown): Tool => {
		if (!isFields(one) || typeof one.name !== 'string')
			throw new Error(`${path}: a tool has no name.`);
		const { name, description, parameters, result } = one;
		return defineTool({
			...{ name, description: typeof description === 'string' ? description : name },
			parameters: isFields(parameters) ? parameters : { type: 'object' },
			execute: () => result ?? 'Done.',
		});
	});
	return async ({ case: one, model, client, signal }) =>
		await runToolLoop(client, { model, tools, prompt: one.prompt ?? one.text ?? '' }, { signal });
}
