import type { IExecuteFunctions } from 'n8n-workflow';
import type { z } from 'zod/v4';
import { readInput } from '../../core/readInput';

type ParameterReader = Pick<IExecuteFunctions, 'getNodeParameter'>;

/**
 * The form's values for one item, checked by a schema with one key for each top-level parameter.
 * @throws TokenHubError `badConfig` that names the field.
 */
export function readForm<Form extends z.ZodObject>(
	context: ParameterReader,
	itemIndex: number,
	form: Form,
): z.output<Form> {
	const values: Record<string, unknown> = {};
	for (const name of Object.keys(form.shape)) {
		// A hidden field has no value; without a fallback n8n throws for it.
		const value: unknown = context.getNodeParameter(name, itemIndex, null);
		if (value !== null && value !== undefined) values[name] = value;
	}
	return readInput(form, values, `parameters of item ${itemIndex}`);
}
