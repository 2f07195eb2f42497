import { z } from 'zod/v4';
import { locatorField, readJsonField } from '../../shared/form/formFields';

/** One tool as the form describes it. */
const rowSchema = z.object({
	name: z.string(),
	description: z.string().default(''),
	type: z.enum(['httpRequest', 'workflow', 'manual']).default('httpRequest'),
	method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('GET'),
	url: z.string().trim().default(''),
	headers: z.unknown(),
	body: z.unknown(),
	workflowId: locatorField.default(''),
	schemaSource: z.enum(['zod', 'jsonSchema']).default('zod'),
	zodSchema: z.string().default(''),
	jsonSchema: z.unknown(),
	/** An empty number field is 0: no limit. */
	maxCalls: z.number().int().min(0).default(0),
});

/** Several tools have the same fields: an error names the tool. */
export const inlineToolSchema = rowSchema.transform((row) => {
	const read = (value: unknown, field: string) =>
		readJsonField(value, `${field} of tool "${row.name}"`);
	return {
		...row,
		headers: read(row.headers, 'Headers (JSON)'),
		body: read(row.body, 'Body (JSON)'),
		jsonSchema: read(row.jsonSchema, 'JSON Schema Parameters'),
	};
});

export type InlineTool = z.output<typeof inlineToolSchema>;
