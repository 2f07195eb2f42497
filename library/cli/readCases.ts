import { dirname, resolve } from 'node:path';
import { readFile } from 'node:fs/promises';
import {
	pdfText,
	type EvaluationCase,
	defineTool,
	runToolLoop,
	type RunInput,
	type Tool,
} from '../../core';

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * JSON Lines, or one JSON list. A case's `file` is relative to its folder.
 * @throws Error that names the line.
 */
export async function readCases(path: string): Promise<EvaluationCase[]> {
	const text = await readText(path);
	const cases = text.trimStart().startsWith('[') ? listIn(text, path) : linesIn(text, path);
	return await Promise.all(cases.map((one) => withText(one, dirname(path))));
}

function listIn(text: string, path: string): Fields[] {
	const value = readJson(text, path);
	const list: unknown[] = Array.isArray(value) ? value : [undefined];
	if (list.every(isFields)) return list;
	throw new Error(`${path} is not a list of objects.`);
}

function linesIn(text: string, path: string): Fields[] {
	return text.split('\n').flatMap((line, at): Fields[] => {
		if (line.trim() === '') return [];
		const value = readJson(line, `line ${at + 1} of ${path}`);
		if (!isFields(value)) throw new Error(`Line ${at + 1} of ${path} is not an object.`);
		return [value];
	});
}

/** @throws Error that names the file. */
export async function readText(path: string): Promise<string> {
	return (await readBytes(path)).toString('utf8');
}

async function readBytes(path: string): Promise<Buffer> {
	try {
		return await readFile(path);
	} catch (error) {
		throw new Error(`${path} cannot be read: ${String(error)}`, { cause: error });
	}
}

export function readJson(text: string, what: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new Error(`Not valid JSON: ${what}`, { cause: error });
	}
}

async function withText(one: Fields, folder: string): Promise<Fields> {
	if (typeof one.file !== 'string' || one.text !== undefined) return one;
	const bytes = await readBytes(resolve(folder, one.file));
	const isPdf = bytes.subarray(0, 5).toString('latin1') === '%PDF-';
	return { ...one, text: isPdf ? await pdfText(bytes) : bytes.toString('utf8') };
}

/** Answers cases with a loop whose tools have fixed results. */
export async function fixedLoop(path: string): Promise<(input: RunInput) => Promise<unknown>> {
	const list = readJson(await readText(path), path);
	if (!Array.isArray(list)) throw new Error(`${path} is not a list of tools.`);
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
