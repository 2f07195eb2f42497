import { z } from 'zod/v4';
import { jsonField } from '../shared/formFields';

/** n8n hands a selected workflow over as its id, or as a resource locator around it. */
const workflowIdSchema = z
	.union([z.string(), z.looseObject({ value: z.string() }).transform(({ value }) => value)])
	.default('');

/** One tool as the form describes it. */
export const inlineToolSchema = z.object({
	name: z.string(),
	description: z.string().default(''),
	type: z.enum(['httpRequest', 'workflow', 'manual']).default('httpRequest'),
	method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('GET'),
	url: z.string().default(''),
	headers: jsonField('Headers (JSON)').optional(),
	body: jsonField('Body (JSON)').optional(),
	workflowId: workflowIdSchema,
	schemaSource: z.enum(['zod', 'jsonSchema']).default('zod'),
	zodSchema: z.string().default(''),
	jsonSchema: jsonField('JSON Schema Parameters').optional(),
});

export type InlineTool = z.output<typeof inlineToolSchema>;
