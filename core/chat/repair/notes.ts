/** The repairs, with the text of each warning; `true` if the turns themselves were broken. */
export const REPAIRS = {
	halves: ['Replaced unpaired surrogates', false],
	noMessage: ['Left out entries that are not messages', true],
	role: ['Read roles as OpenAI roles', false],
	keys: ['Left out keys that TokenHub does not accept', false],
	parts: ['Converted content from another format', false],
	calledTwice: ['Merged calls that a message contains twice', false],
	leftOut: ['Left out content without text', true],
	blank: ['Left out blank texts', false],
	empty: ['Left out empty messages', true],
	emptyResult: ['Filled in empty tool results', false],
	failed: ['Added a note that a tool failed', false],
	denied: ['Added a note that a call was not approved', false],
	system: ['Merged all system messages into one at the start', true],
	ids: ['Changed invalid or duplicate call ids', true],
	names: ['Changed invalid tool names', true],
	arguments: ['Converted the arguments of calls to JSON objects', true],
	matched: ['Matched tool results without an id to their calls', true],
	moved: ['Moved tool results after their calls', true],
	twice: ['Merged several results of one call', true],
	unanswered: ['Added a result to calls that had none', true],
	orphans: ['Kept tool results without a call as user text', true],
	asText: ['Kept calls and their results as text, since no tools are offered', true],
	opened: ['Added a user message at the start, since the assistant spoke first', true],
	closed: ['Added a user message at the end, since the assistant spoke last', false],
} as const;
type Repair = keyof typeof REPAIRS;

/** Whether a warning is about a repair: results have others too. */
export function isRepairWarning(warning: unknown): boolean {
	return (
		typeof warning === 'string' &&
		Object.values(REPAIRS).some(([words]) => warning.startsWith(`${words}: `))
	);
}

const MOST_NAMED = 5;
const LONGEST_NAME = 60;

/** The repairs of one conversation: each kind is one warning, which names what was repaired. */
export interface Notes {
	add(repair: Repair, subject: string): void;
	warnings(): string[];
	/** Those without which the conversation would mean something else. */
	faults(): string[];
}

export function openNotes(): Notes {
	const made = new Map<Repair, { subjects: Set<string>; count: number }>();
	const linesOf = (isTold: (repair: Repair) => boolean) =>
		[...made].filter(([repair]) => isTold(repair)).map(([repair, what]) => line(repair, what));
	return {
		add(repair, subject) {
			const known = made.get(repair) ?? { subjects: new Set(), count: 0 };
			known.count += 1;
			if (known.subjects.size < MOST_NAMED) known.subjects.add(subject.slice(0, LONGEST_NAME));
			made.set(repair, known);
		},
		warnings: () => linesOf(() => true),
		faults: () => linesOf((repair) => REPAIRS[repair][1]),
	};
}

function line(
	repair: Repair,
	{ subjects, count }: { subjects: ReadonlySet<string>; count: number },
): string {
	const named = [...subjects].join(', ');
	const times = count === subjects.size ? '' : ` (${count} times)`;
	return `${REPAIRS[repair][0]}: ${named}${times}.`;
}

/** The keys of a record besides those that are used. */
export function noteKeys(
	record: Record<string, unknown>,
	known: readonly string[],
	notes: Notes,
): void {
	for (const [key, value] of Object.entries(record)) {
		if (value !== undefined && !known.includes(key)) notes.add('keys', key);
	}
}
