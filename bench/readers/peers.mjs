/**
 * Reads answers with the libraries named on the command line: takes cases as JSON, prints outcomes as
 * JSON.
 */
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { bamlSource } from './bamlSource.mjs';

const [, , folder, file] = process.argv;
const { schemas, cases } = JSON.parse(readFileSync(file, 'utf8'));
const require = createRequire(`${folder}/package.json`);
const load = (name) => import(pathToFileURL(require.resolve(name)).href);

const reason = (error) =>
	String(error?.message ?? error)
		.split('\n')[0]
		.slice(0, 90);

async function outcomes(read) {
	const all = [];
	for (const { schema, answer } of cases) {
		try {
			all.push({ value: await read(schema, answer) });
		} catch (error) {
			all.push({ refused: reason(error) });
		}
	}
	return all;
}

function baml() {
	const { BamlRuntime } = require('@boundaryml/baml/native');
	const runtime = BamlRuntime.fromFiles('.', { 'main.baml': bamlSource(schemas) }, {});
	const context = runtime.createContextManager();
	return (schema, answer) =>
		runtime.parseLlmResponse(`Read_${schema}`, answer, false, context, null, null, {});
}

async function aiSdk() {
	const { generateObject, jsonSchema } = await load('ai');
	const { MockLanguageModelV4 } = await import(
		pathToFileURL(require.resolve('ai').replace(/index\.js$/, 'test/index.js')).href
	);
	const Ajv = require('ajv').default;
	const ajv = new Ajv({ strict: false });
	return async (schema, answer) => {
		const model = new MockLanguageModelV4({
			doGenerate: async () => ({
				content: [{ type: 'text', text: answer }],
				finishReason: { unified: 'stop', raw: 'stop' },
				usage: { inputTokens: { total: 1 }, outputTokens: { total: 1 } },
				warnings: [],
			}),
		});
		const check = ajv.compile(schemas[schema]);
		const { object } = await generateObject({
			model,
			schema: jsonSchema(schemas[schema], {
				validate: (value) =>
					check(value)
						? { success: true, value }
						: { success: false, error: new Error(ajv.errorsText(check.errors)) },
			}),
			prompt: 'Read it.',
			maxRetries: 0,
		});
		return object;
	};
}

async function instructor() {
	const { default: Instructor } = require('@instructor-ai/instructor');
	const { default: OpenAI } = require('openai');
	const { z } = require('zod');
	const zodOf = (schema) => {
		if (schema.enum) return z.enum(schema.enum);
		if (schema.type === 'string') return z.string();
		if (schema.type === 'boolean') return z.boolean();
		if (schema.type === 'integer') return z.number().int();
		if (schema.type === 'number') return z.number();
		if (schema.type === 'array') return z.array(zodOf(schema.items));
		const shape = Object.entries(schema.properties).map(([key, value]) => [
			key,
			schema.required.includes(key) ? zodOf(value) : zodOf(value).nullish(),
		]);
		return z.object(Object.fromEntries(shape));
	};
	return async (schema, answer) => {
		const message = { role: 'assistant', content: answer };
		const choices = [{ index: 0, finish_reason: 'stop', message }];
		const body = { id: 'x', object: 'chat.completion', created: 0, model: 'x', choices };
		const fetch = async () => Response.json(body);
		const client = Instructor({ client: new OpenAI({ apiKey: 'x', fetch }), mode: 'JSON' });
		const { _meta, ...value } = await client.chat.completions.create({
			...{ model: 'x', max_retries: 0, messages: [{ role: 'user', content: 'Read it.' }] },
			response_model: { schema: zodOf(schemas[schema]), name: schema },
		});
		return value;
	};
}

const readers = { baml: baml(), aiSdk: await aiSdk(), instructor: await instructor() };
const results = {};
for (const [name, read] of Object.entries(readers)) results[name] = await outcomes(read);
process.stdout.write(`\n@@${JSON.stringify(results)}\n`);
