import type { Failure } from '../../errors';
import { isRecord } from '../../isRecord';
import type { Comments } from '../../json/comments';
import { takesBack } from '../../json/notTheAnswer';
import { jsonPointer } from '../../jsonPointer';
import type { JsonSchema } from '../../schema/jsonSchema';
import { severalAnswers } from '../severalAnswers';
import { givesOther, wordsAgainst } from './against';

/** What was found: why to ask again, and what is only named. */
export interface Said {
	failures: Failure[];
	warnings: string[];
}

const MOST_NAMED = 20;
const LONGEST = 120;

export function remarkAt(path: readonly PropertyKey[], said: unknown): string {
	const json = typeof said === 'string' ? said.trim() : JSON.stringify(said);
	const words = json.replace(/\s+/g, ' ');
	const short = words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
	return `remark ${jsonPointer(path) || '(top level)'}: ${short}`;
}

/** At most so many are named. */
export function fewRemarks(warnings: readonly string[], more = 0): string[] {
	const rest = warnings.length - MOST_NAMED + more;
	return warnings.length + more <= MOST_NAMED
		? [...warnings]
		: [...warnings.slice(0, MOST_NAMED), `remark: and ${rest} more`];
}

/** What the comments in an answer say of its values. A reader sees them, so none is dropped. */
export function commentsOn(value: unknown, comments: Comments, schema: JsonSchema): Said {
	const failures: Failure[] = [];
	const warnings: string[] = [];
	for (const { path, words } of comments.named) {
		const { own, holder } = foundAt(value, path);
		// What is not sure of nothing is no doubt.
		const isOfNothing = own === null || own === '';
		const against = isOfNothing ? undefined : commentAgainst(words, own, { given: holder, schema });
		if (against) failures.push({ ...against, path: jsonPointer(path) });
		else warnings.push(remarkAt(path, words));
	}
	return { failures, warnings: fewRemarks(warnings, comments.more) };
}

function commentAgainst(
	words: string,
	own: unknown,
	beside: { given: unknown; schema: JsonSchema },
): Failure | undefined {
	const isOther = givesOther(words, own) || (takesBack(words) && !isRecord(own));
	return isOther
		? severalAnswers(`a value and a comment that gives another or takes it back (${words})`)
		: wordsAgainst(words, beside);
}

function foundAt(value: unknown, path: readonly PropertyKey[]) {
	let [own, holder]: [unknown, unknown] = [value, value];
	for (const key of path) {
		const inner = heldIn(own, key);
		[own, holder] = [inner, isRecord(own) ? own : inner];
	}
	return { own, holder };
}

function heldIn(holder: unknown, key: PropertyKey): unknown {
	if (Array.isArray(holder)) return holder[Number(key)];
	const name = String(key);
	return isRecord(holder) && Object.hasOwn(holder, name) ? holder[name] : undefined;
}
