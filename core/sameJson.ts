import { isSame } from './isSame';

/** Whether two values are the same once they are JSON; what has no JSON form is like nothing else. */
export function sameJson(a: unknown, b: unknown): boolean {
	try {
		return isSame(asJson(a), asJson(b));
	} catch {
		return false;
	}
}

function asJson(value: unknown): unknown {
	return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
