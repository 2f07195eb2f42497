import { notice } from './properties';
import type { INodeListSearchResult, INodeProperties } from 'n8n-workflow';
import { DEFAULT_MODEL, findModel, models, type Model } from '../../../core/models';

/** The model field of every node: TokenHub's list with prices, or any id by hand or expression. */
export const modelProperty: INodeProperties = {
	displayName: 'Model',
	name: 'model',
	type: 'resourceLocator',
	required: true,
	default: {
		mode: 'list',
		value: DEFAULT_MODEL,
		cachedResultName: findModel(DEFAULT_MODEL)?.label ?? DEFAULT_MODEL,
	},
	description:
		'Sonnet balances quality and cost, Haiku is the fastest and cheapest, Opus is best at hard tasks. Prices are US dollars per million tokens in and out.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchModels', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. anthropic/claude-sonnet-4-6 or claude-haiku-4-5',
		},
	],
};

/** Below a node's name on the canvas, which has room for about twenty letters: without the vendor. */
export const modelSubtitle =
	'={{ String($parameter["model"].value || $parameter["model"]).replace(/^anthropic\\//, "") }}';

export async function searchModels(this: unknown, filter = ''): Promise<INodeListSearchResult> {
	const wanted = filter.trim().toLowerCase();
	const found = models.filter((model) =>
		`${model.label} ${model.id}`.toLowerCase().includes(wanted),
	);
	return await Promise.resolve({ results: found.map(toResult) });
}

/** Short, because n8n cuts off what is wider than the field. */
function toResult({ id, label, inputUsd, outputUsd }: Model) {
	return { name: `${label} · $${inputUsd} in, $${outputUsd} out`, value: id };
}

const priceWords = (id: string) => {
	const known = findModel(id);
	return known ? `$${known.inputUsd} and $${known.outputUsd}` : 'less';
};

/** Below the model: what a choice costs. */
export const modelNotice = notice(
	'opusNotice',
	`Opus costs ${priceWords('claude-opus-4-7')} per million tokens in and out (Opus 4: ${priceWords('claude-4-opus')}), Sonnet ${priceWords('claude-sonnet-4-6')}, Haiku ${priceWords('claude-haiku-4-5')}.`,
	{ '/model': [{ _cnd: { includes: 'opus' } }] },
);
