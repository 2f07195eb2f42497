import { z } from 'zod/v4';
import { jsonField, locatorField } from '../../shared/form/formFields';

/** One tool as the form describes it. */
export const inlineToolSchema = z.object({
	name: z.string(),
	description: z.string().default(''),
	type: z.enum(['httpRequest', 'workflow', 'manual']).default('httpRequest'),
	method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('GET'),
	url: z.string().default(''),
	headers: jsonField('Headers (JSON)').optional(),
	body: jsonField('Body (JSON)').optional(),
	workflowId: locatorField.default(''),
	schemaSource: z.enum(['zod', 'jsonSchema']).default('zod'),
	zodSchema: z.string().default(''),
	jsonSchema: jsonField('JSON Schema Parameters').optional(),
	/** 0, an empty number field, is no limit. */
	maxCalls: z.number().int().min(0).default(0),
});

export type InlineTool = z.output<typeof inlineToolSchema>;
