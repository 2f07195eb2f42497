import { DEFAULT_MODEL, models } from '../../core/models';
import { blocks, code, table } from '../markdown';

/** The catalogue with its prices. */
export function modelsPage(): string {
	const rows = models.map(({ id, label, inputUsd, outputUsd, bestFor }) => [
		label,
		code(id),
		inputUsd.toFixed(2),
		outputUsd.toFixed(2),
		bestFor,
	]);
	return blocks(
		'# Models and prices',
		'<!-- Written by `npm run docs` from core/models.ts: change it there. -->',
		`US dollars per million tokens. ${code(DEFAULT_MODEL)} is the default of the nodes and the library.`,
		table(['Model', 'ID', 'In', 'Out', 'For'], rows),
		'An ID works with and without `anthropic/`. Any other ID is sent unchanged. Its price is unknown, so `costUsd` is `null`, and Max Cost refuses it unless you enter its price under **Prices**.',
	);
}
