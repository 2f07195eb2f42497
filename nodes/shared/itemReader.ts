import type { IExecuteFunctions } from 'n8n-workflow';
import type { z } from 'zod/v4';
import { isRecord } from '../../core/isRecord';
import { readInput } from '../../core/readInput';
import { parameterSource } from './parameterSource';

/** The node's parameters for one item, but for options that do not change its output. */
export function readParameters(
	context: ItemContext,
	itemIndex: number,
	without: readonly string[],
): unknown[] {
	return parameterSource(context).names.map((name) => {
		const value = readValue(context, itemIndex, name);
		if (name !== 'options' || !isRecord(value)) return [name, value];
		return [name, Object.entries(value).filter(([key]) => !without.includes(key))];
	});
}

/** A switch that holds for the whole run: it is read before any item. */
export function readSwitch(context: ParameterReader, name: string): boolean {
	return context.getNodeParameter(name, 0, false) === true;
}

type ParameterReader = Pick<IExecuteFunctions, 'getNodeParameter'>;

type ItemContext = Pick<IExecuteFunctions, 'getNodeParameter' | 'getNode' | 'getInputData'>;
/** Sub-nodes are asked once and have no items. */
type FormReader = ParameterReader | ItemContext;

/**
 * The form's values for one item, checked by a schema with one key for each top-level parameter.
 * @throws TokenHubError `badConfig` that names the field.
 */
export function readForm<Form extends z.ZodObject>(
	context: FormReader,
	itemIndex: number,
	form: Form,
): z.output<Form> {
	const values: Record<string, unknown> = {};
	for (const name of Object.keys(form.shape)) {
		const value = readValue(context, itemIndex, name);
		if (value !== null && value !== undefined) values[name] = value;
	}
	return readInput(form, values, `parameters of item ${itemIndex}`);
}

function readValue(context: FormReader, itemIndex: number, name: string): unknown {
	// A hidden field has no value; without a fallback n8n throws for it.
	const byN8n = (): unknown => context.getNodeParameter(name, itemIndex, null);
	if (!('getInputData' in context)) return byN8n();
	const source = parameterSource(context);
	const way = source.wayOf(name);
	if (way === 'by n8n') return byN8n();
	if (typeof way === 'function') return way(source.jsonOf(itemIndex)) ?? byN8n();
	const value = source.known.has(name) ? source.known.get(name) : byN8n();
	source.known.set(name, value);
	return value;
}
