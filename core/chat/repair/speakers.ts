import type { Notes } from './notes';
import { textPart, wordOr } from './pieces';
import type { Draft } from './readMessage';

/** Who says a message, for a client in which several may have one role. */
export interface Speaker {
	name: string;
	/** The place of its message. */
	notes: Notes;
}

/** A name in OpenAI's sense is at most this long. */
const LONGEST = 64;

export function nameIn({ name }: Record<string, unknown>): string {
	const words = wordOr(name).replace(/\s+/g, ' ').trim();
	return words.length <= LONGEST ? words : '';
}

/**
 * TokenHub has no place for names. Where one role has several, they are put before the texts: without them,
 * all would be said by one. A single name is left out.
 */
export function withSpeakers(drafts: readonly Draft[]): Draft[] {
	const names = new Map<string, Set<string>>();
	for (const { role, speaker } of drafts) {
		if (speaker) names.set(role, (names.get(role) ?? new Set()).add(speaker.name));
	}
	return drafts.map((draft) => {
		if (!draft.speaker) return draft;
		const { name, notes } = draft.speaker;
		if (names.get(draft.role)?.size === 1) {
			notes.leaveOut({ name }, []);
			return draft;
		}
		notes.add('speakers', name);
		const [first, ...more] = draft.said.parts;
		const named = first?.type === 'text' ? [textPart(`${name}: ${first.text}`)] : [];
		const parts =
			named.length > 0 ? [...named, ...more] : [textPart(`${name}:`), ...draft.said.parts];
		return { ...draft, said: { ...draft.said, parts } };
	});
}
