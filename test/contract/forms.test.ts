import { SAMPLING_OPTIONS } from '../../core/chat/parameters';
import type { INodeProperties } from 'n8n-workflow';
import type { z } from 'zod/v4';
import { isZodV4 } from '../../core/schema/jsonSchema';
import { properties as modelForm } from '../../nodes/LmChatTokenHub/description';
import { form as modelSchema } from '../../nodes/LmChatTokenHub/parameters';
import { properties as chatForm } from '../../nodes/TokenHubChatCompletion/description';
import { form as chatSchema } from '../../nodes/TokenHubChatCompletion/parameters';
import { properties as extractForm } from '../../nodes/TokenHubJsonExtract/description';
import { form as extractSchema } from '../../nodes/TokenHubJsonExtract/parameters';
import { properties as loopForm } from '../../nodes/TokenHubToolCallLoop/description';
import { form as loopSchema } from '../../nodes/TokenHubToolCallLoop/parameters';

/** Names in a form, collections with a dot: `options.stop`, `tools.values.name`. */
function namesInForm(properties: readonly INodeProperties[], prefix = ''): string[] {
	// A notice holds no value.
	const fields = properties.filter(({ type }) => type !== 'notice');
	return fields.flatMap(({ name, type, options = [] }) => {
		const path = prefix + name;
		if (type === 'collection') {
			return [
				path,
				...namesInForm(
					options.filter((option) => 'type' in option),
					`${path}.`,
				),
			];
		}
		if (type !== 'fixedCollection') return [path];
		const groups = options.flatMap((option) =>
			'values' in option
				? [`${path}.${option.name}`, ...namesInForm(option.values, `${path}.${option.name}.`)]
				: [],
		);
		return [path, ...groups];
	});
}

/** Keys in a zod schema, seen through defaults, optionals, transforms and lists. */
function keysInSchema(schema: z.core.$ZodType, prefix = ''): string[] {
	const { def } = schema._zod;
	if ('shape' in def && typeof def.shape === 'object' && def.shape !== null) {
		return Object.entries(def.shape).flatMap(([key, value]) => [
			prefix + key,
			...keysInSchema(value, `${prefix}${key}.`),
		]);
	}
	const inner: unknown = ['innerType', 'element', 'in']
		.map((key): unknown => Reflect.get(def, key))
		.find(Boolean);
	return isZodV4(inner) ? keysInSchema(inner, prefix) : [];
}

test.each([
	['Chat Completion', chatForm, chatSchema],
	['Tool Call Loop', loopForm, loopSchema],
	['JSON Extract', extractForm, extractSchema],
	['Chat Model', modelForm, modelSchema],
])('%s: each field is read, and each key is a field', (_name, properties, schema) => {
	// A field may look different in each version of the node.
	const names = [...new Set(namesInForm(properties))];
	expect(names.sort()).toEqual(keysInSchema(schema).sort());
	expect(names.length).toBeGreaterThan(8);
});

const optionsIn = (properties: readonly INodeProperties[]) => {
	const { options = [] } = properties.find(({ name }) => name === 'options') ?? {};
	return options.flatMap((option) => ('type' in option ? option : []));
};

/** Those of the table, in its order; User ID is of use to few. */
const sampling = Object.values(SAMPLING_OPTIONS)
	.map(({ field }) => field.label)
	.filter((label) => label !== 'User ID');

test.each<[string, INodeProperties[], string[], string[]]>([
	[
		'Chat Completion',
		chatForm,
		['Images and Files', ...sampling, 'Response Format'],
		['Concurrency', 'Requests per Minute', 'Tokens per Minute', 'User ID'],
	],
	[
		'Tool Call Loop',
		loopForm,
		['Images and Files', 'Output Schema (JSON)', ...sampling],
		['Concurrency', 'Requests per Minute', 'Tokens per Minute', 'User ID'],
	],
	[
		'JSON Extract',
		extractForm,
		['Images and PDFs', 'Output Mode', 'Items Path', 'Include Input Fields', 'Evidence'],
		['Concurrency', 'Requests per Minute', 'Tokens per Minute', 'User ID'],
	],
	[
		'Chat Model',
		modelForm,
		['Maximum Number of Tokens', ...sampling],
		['Max Retries', 'Timeout (Seconds)', 'User ID'],
	],
])('%s: options stand in the order that people need them', (_name, form, first, last) => {
	const names = optionsIn(form).map(({ displayName }) => displayName);
	expect(names.slice(0, first.length)).toEqual(first);
	expect(names.slice(-last.length)).toEqual(last);
	// What is spent is said before what is done about failures.
	expect(names.indexOf('Max Cost (USD)')).toBeLessThan(names.indexOf('Max Retries'));
});

test.each([
	['Chat Completion', chatForm],
	['Tool Call Loop', loopForm],
	['JSON Extract', extractForm],
])('%s: an option that belongs to another stands behind it', (_name, properties) => {
	const options = optionsIn(properties);
	const names = options.map(({ name }) => name);
	const belonging = options.flatMap(({ name, displayOptions: { show, hide } = {} }) =>
		Object.keys({ ...show, ...hide }).map((owner) => [owner, name] as const),
	);
	expect(belonging.length > 0).toBe(true);
	for (const [owner, name] of belonging) {
		const between = names.slice(names.indexOf(owner) + 1, names.indexOf(name));
		expect(names.indexOf(owner)).toBeGreaterThanOrEqual(0);
		expect(between.filter((other) => !belonging.some((pair) => pair[1] === other))).toEqual([]);
	}
});
