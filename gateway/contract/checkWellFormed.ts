import { refuseAsClaude, type Refusal } from './refusal';

/** Half of a surrogate pair is no character: a parser of JSON may read it, Claude's does not. */
export function checkWellFormed(body: unknown): Refusal | undefined {
	const place = placeOfLoneSurrogate(body, 'body');
	if (place === undefined) return undefined;
	return refuseAsClaude(
		place,
		`The request body is not valid JSON: no low surrogate in string: ${place}`,
	);
}

function placeOfLoneSurrogate(value: unknown, path: string): string | undefined {
	if (typeof value === 'string') return value.isWellFormed() ? undefined : path;
	if (typeof value !== 'object' || value === null) return undefined;
	for (const [key, inner] of Object.entries(value)) {
		const place = key.isWellFormed() ? placeOfLoneSurrogate(inner, `${path}.${key}`) : path;
		if (place !== undefined) return place;
	}
	return undefined;
}
