import type { Outcome } from './outcome';
import type { Paint } from './paint';

/** Where, what and what to do, for each workflow that failed. */
export function explainFailures(outcomes: Outcome[], paint: Paint): string[] {
	return outcomes.flatMap(({ name, result }) => {
		if (!result.error) return [];
		const { node, itemIndex, message, description } = result.error;
		const item = itemIndex === undefined ? '' : `, item ${itemIndex}`;
		const where = node === undefined ? '' : ` at node "${node}"${item}`;
		const hint = description ? [`  ${description}`] : [];
		return ['', paint('red', `${name} failed${where}:`), `  ${message}`, ...hint];
	});
}
