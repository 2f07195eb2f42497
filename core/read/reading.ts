/** What a text was read as; `either` names the readings where there is more than one. */
export type Reading<Value> = { ok: true; value: Value } | { ok: false; either?: string[] };

export const UNREAD = { ok: false } as const;

/** The one that is possible, else the names of all. */
export function onlyOne<Value extends string>(values: readonly Value[]): Reading<Value> {
	const distinct = [...new Set(values)];
	const [only, ...others] = distinct;
	if (only === undefined) return UNREAD;
	return others.length === 0 ? { ok: true, value: only } : { ok: false, either: distinct };
}
