import type { INodeProperties } from 'n8n-workflow';

type Terms = [displayName: string, name: string, fallback: number, description: string];

/** A number, at least 0 unless `limits` says otherwise. */
export function numberProperty(
	[displayName, name, fallback, description]: Terms,
	limits: INodeProperties['typeOptions'] = {},
): INodeProperties {
	const typeOptions = { minValue: 0, ...limits };
	return { displayName, name, type: 'number', typeOptions, default: fallback, description };
}
