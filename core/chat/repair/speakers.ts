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

/** A name before a text must not look like a text, nor like what another one says. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._@'’-]*$/u;
const ROLES = /^(?:system|developer|assistant|tool|user)$/i;

export function nameIn({ name }: Record<string, unknown>): string {
	const words = wordOr(name).trim();
	return words.length <= LONGEST && NAME.test(words) && !ROLES.test(words) ? words : '';
}

/**
 * TokenHub has no place for names. Where one role has several, they are put before the texts: without them,
 * all would be said by one. A single name is left out.
 */
export function nameSpeakers(drafts: readonly Draft[]): void {
	const names = new Map<string, Set<string>>();
	for (const { role, speaker } of drafts) {
		if (speaker) names.set(role, (names.get(role) ?? new Set()).add(speaker.name));
	}
	for (const draft of drafts) {
		if (!draft.speaker) continue;
		const { name, notes } = draft.speaker;
		if (names.get(draft.role)?.size === 1) {
			notes.leaveOut({ name }, []);
			continue;
		}
		notes.add('speakers', name);
		const [first, ...more] = draft.said.parts;
		const isText = first?.type === 'text';
		const named = textPart(isText ? `${name}: ${first.text}` : `${name}:`);
		draft.said = { ...draft.said, parts: [named, ...(isText ? more : draft.said.parts)] };
	}
}
