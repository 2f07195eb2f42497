import type { Tape } from '../../core';

/** A recording in memory. */
export function memoryTape(text = ''): Tape & { text(): string } {
	const held = { text };
	return {
		read: async () => held.text,
		append: async (more) => void (held.text += more),
		text: () => held.text,
	};
}
