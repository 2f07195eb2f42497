import type { JsonSchema } from '../jsonSchema';
import { patternTest } from '../patterns/patternTest';
import { ownPattern } from '../reading/foreignPattern';
import type { Meant } from './keywordMeant';

/** A pattern that cannot be checked here becomes words for the model; undefined for all others. */
export function patternMeant(value: unknown, { description }: JsonSchema): Meant | undefined {
	if (typeof value !== 'string' || isChecked(value)) return undefined;
	const words = `It has to match the regular expression ${value}`;
	return {
		own: { description: typeof description === 'string' ? `${description} (${words})` : words },
		note: `${NOT_CHECKED}: the model is only told of ${value.slice(0, 200)}`,
	};
}

const NOT_CHECKED = 'cannot be checked';

/** The same for names of properties: without the others, each name may be. */
export function checkedPatterns(named: JsonSchema): { own: JsonSchema; note: string } | undefined {
	const lost = Object.keys(named).filter((source) => !isChecked(source));
	if (lost.length === 0) return undefined;
	const kept = Object.entries(named).filter(([source]) => !lost.includes(source));
	const note = `${NOT_CHECKED}: ${lost.join(', ').slice(0, 200)} is left out`;
	return { own: Object.fromEntries(kept), note };
}

function isChecked(source: string): boolean {
	return patternTest(ownPattern(source)).ok;
}
