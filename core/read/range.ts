/** A range of a text: its first character, and the one behind its last. */
export type Range = [start: number, end: number];
