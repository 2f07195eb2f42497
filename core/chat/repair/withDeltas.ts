import { isRecord } from '../../isRecord';
import { wordOr } from './pieces';

type Given = Record<string, unknown>;

/**
 * A content whose calls have their arguments: of a stream that was put together, some clients keep
 * the pieces of them as parts of their own, behind the call or with its index.
 */
export function withDeltas(content: readonly unknown[]): unknown[] {
	if (!content.some((part) => deltaOf(part) !== undefined)) return [...content];
	const made: unknown[] = [];
	const byIndex = new Map<unknown, number>();
	let last: number | undefined;
	for (const part of content) {
		const delta = deltaOf(part);
		const index = isRecord(part) ? part.index : undefined;
		const place = (index === undefined ? undefined : byIndex.get(index)) ?? last;
		const call = place === undefined ? undefined : made[place];
		if (delta !== undefined && place !== undefined && isRecord(call)) {
			made[place] = { ...call, input: wordOr(call.input) + delta };
			continue;
		}
		made.push(part);
		if (!isOpenCall(part)) continue;
		last = made.length - 1;
		if (index !== undefined) byIndex.set(index, last);
	}
	return made;
}

function deltaOf(part: unknown): string | undefined {
	if (!isRecord(part) || part.type !== 'input_json_delta') return undefined;
	const { input, partial_json: claudes } = part;
	return [input, claudes].find((text) => typeof text === 'string');
}

/** Arguments that are whole take no more. */
function isOpenCall(part: unknown): part is Given {
	if (!isRecord(part) || part.type !== 'tool_use') return false;
	const { input } = part;
	return !isRecord(input) || Object.keys(input).length === 0;
}
