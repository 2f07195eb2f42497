import type { IExecuteFunctions } from 'n8n-workflow';
import { own } from '../../core/own';
import { perObject } from '../../core/perObject';
import { plainExpression, type Fill } from './plainExpression';

/** How a parameter gets its value for an item. */
type Way = 'same for all items' | 'by n8n' | Fill;

export interface ParameterSource {
	names: string[];
	wayOf(name: string): Way;
	/** Values that are the same for all items, once they are known. */
	known: Map<string, unknown>;
	jsonOf(itemIndex: number): unknown;
}

/**
 * What need not be asked of n8n again for each of a thousand items, by execution context: one call of
 * a node.
 */
export const parameterSource = perObject(openSource);

function openSource(context: Pick<IExecuteFunctions, 'getNode' | 'getInputData'>): ParameterSource {
	const { parameters, type } = context.getNode();
	const items = context.getInputData();
	const ways = new Map<string, Way>();
	const find = (raw: unknown): Way => {
		if (raw === undefined) return 'by n8n';
		if (!hasExpression(raw)) return 'same for all items';
		// A tool's item is made of what the model says.
		const isPlain = typeof raw === 'string' && !type.endsWith('Tool');
		return (isPlain ? plainExpression(raw) : undefined) ?? 'by n8n';
	};
	return {
		names: Object.keys(parameters).sort(),
		wayOf(name) {
			const way = ways.get(name) ?? find(own(parameters, name));
			ways.set(name, way);
			return way;
		},
		known: new Map(),
		jsonOf: (itemIndex) => items[itemIndex]?.json,
	};
}

function hasExpression(raw: unknown): boolean {
	if (typeof raw === 'string') return raw.startsWith('=');
	return typeof raw === 'object' && raw !== null && Object.values(raw).some(hasExpression);
}
