import { z } from 'zod/v4';
import { samplingOf } from '../../core/chat/chatRequest';
import { TokenHubError } from '../../core/errors';
import {
	CUT_ANSWERS,
	EXTRACT_MODES,
	type ExtractOptionsInput,
} from '../../core/extract/extractRequest';
import type { SchemaSource } from '../../core/extract/targetSchema';
import { isRecord } from '../../core/lib/isRecord';
import { own } from '../../core/lib/own';
import { zodFromText } from '../../core/zodText/zodFromText';
import {
	commonOptions,
	fileList,
	jsonField,
	locatorField,
	optionalText,
} from '../shared/form/formFields';
import { modelList } from '../shared/form/runOptions';
import { resultShape } from '../shared/run/findResult';
import { fieldSchema, schemaOfFields } from './fieldSchema';
import { labelsForm, schemaOfLabels } from './labelsForm';

/** The form as n8n passes it: one key for each of its fields. */
export const form = z.object({
	model: locatorField,
	text: z.unknown(),
	schemaSource: z.enum(['fields', 'example', 'jsonSchema', 'labels', 'zod']).default('fields'),
	fields: z.object({ values: z.array(fieldSchema()).default([]) }).prefault({}),
	jsonExample: jsonField('JSON Example').optional(),
	severalExamples: z.boolean().default(false),
	jsonSchema: jsonField('JSON Schema').optional(),
	zodSchema: z.string().default(''),
	...labelsForm,
	instructions: optionalText.optional(),
	maxTokens: z.number(),
	/** Read for the whole run, by `shownBy`. */
	simplify: z.boolean().default(false),
	options: z
		.object({
			...commonOptions,
			...resultShape,
			mode: z.enum(EXTRACT_MODES).optional(),
			maxRepairs: z.number().optional(),
			escalateTo: modelList,
			expected: jsonField('Expected (JSON)').optional(),
			cutAnswers: z.enum(CUT_ANSWERS).optional(),
			chunkSize: z.number().min(0).default(0),
			chunkOverlap: z.number().optional(),
			evidence: z.boolean().optional(),
			minEvidence: z.number().optional(),
			samples: z.number().optional(),
			coerce: z.boolean().optional(),
			outputMode: z.enum(['nested', 'merge', 'items']).default('nested'),
			itemsPath: z.string().default(''),
			includeOtherFields: z.boolean().default(false),
			images: fileList.default([]),
		})
		.prefault({}),
});

type Form = z.output<typeof form>;

export interface ExtractInput {
	request: ExtractOptionsInput;
	output: Pick<Form['options'], 'outputMode' | 'itemsPath' | 'includeOtherFields'>;
	images: string[];
	/** The right answer to compare with; undefined if there is none. */
	expected: unknown;
}

/** @throws TokenHubError `badConfig` that names the field. */
export function toExtractInput(values: Form): ExtractInput {
	const { model, maxTokens, instructions, options } = values;
	const { mode, maxRepairs, escalateTo, evidence, minEvidence, coerce } = options;
	const { chunkSize, chunkOverlap, cutAnswers, samples } = options;
	const chunk = chunkSize > 0 ? { size: chunkSize, overlap: chunkOverlap } : undefined;
	return {
		request: {
			...{ model, maxTokens, ...samplingOf(options) },
			text: readText(values.text),
			schema: readSchema(values),
			...{ instructions, mode, maxRepairs, escalateTo, evidence, minEvidence, coerce, chunk },
			...{ cutAnswers, samples },
		},
		output: options,
		images: options.images,
		expected: options.expected,
	};
}

/** Everything that the schema is made from. */
export function schemaFields(values: Form): unknown[] {
	const { schemaSource, fields, jsonExample, severalExamples, jsonSchema, zodSchema } = values;
	const labels = Object.keys(labelsForm).map((key) => [key, own(values, key)]);
	return [schemaSource, fields, jsonExample, severalExamples, jsonSchema, zodSchema, labels];
}

/** An expression may return an object or a number where text is expected: its JSON is used. */
function readText(text: unknown): string {
	if (typeof text === 'string') return text;
	return text === undefined ? '' : JSON.stringify(text);
}

function readSchema(values: Form): SchemaSource {
	switch (values.schemaSource) {
		case 'fields':
			return schemaOfFields(values.fields.values);
		case 'example':
			return readExample(required(values.jsonExample, 'JSON Example'), values.severalExamples);
		case 'jsonSchema': {
			const schema = required(values.jsonSchema, 'JSON Schema');
			if (isRecord(schema)) return schema;
			throw new TokenHubError('badConfig', 'The field "JSON Schema" must be an object.', {
				hint: 'Write a JSON Schema, such as { "type": "object", "properties": { "city": { "type": "string" } } }.',
			});
		}
		case 'labels':
			return schemaOfLabels(values, values.options.evidence ?? false);
		case 'zod':
			return zodFromText(values.zodSchema, 'Zod Schema');
	}
}

function readExample(example: unknown, isSeveral: boolean): SchemaSource {
	if (!isSeveral) return { example };
	if (Array.isArray(example)) return { examples: example };
	throw new TokenHubError('badConfig', 'The field "JSON Example" must be a list of results.', {
		hint: 'Put the results between [ and ], or turn Several Examples off.',
	});
}

function required(value: unknown, field: string): unknown {
	if (value !== undefined) return value;
	throw new TokenHubError('badConfig', `The field "${field}" is empty.`, {
		hint: `Fill in ${field}, or choose another Schema Source.`,
	});
}
