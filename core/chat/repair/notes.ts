/** What a repair does, in the words of its warning; `true` where the turns themselves were broken. */
export const REPAIRS = {
	halves: ['Replaced halves of surrogate pairs', false],
	noMessage: ['Left out what is not a message', true],
	role: ['Read roles as those of OpenAI', false],
	keys: ['Left out keys that TokenHub does not take', false],
	parts: ['Read content in another form', false],
	calledTwice: ['Read calls that a message holds in two places as one', false],
	leftOut: ['Left out content that has no text', true],
	blank: ['Left out texts without words', false],
	empty: ['Left out empty messages', true],
	emptyResult: ['Put words into empty tool results', false],
	failed: ['Said in words that a tool failed', false],
	denied: ['Said in words that a call was not approved', false],
	system: ['Put all system messages in front, as one', true],
	ids: ['Changed ids of calls that are illegal or there twice', true],
	names: ['Changed names of tools that are illegal', true],
	arguments: ['Made JSON objects of the arguments of calls', true],
	matched: ['Matched tool results without an id to calls', true],
	moved: ['Put tool results behind their calls', true],
	twice: ['Put several results of one call together', true],
	unanswered: ['Added a result to calls that had none', true],
	orphans: ['Kept tool results without a call as text of the user', true],
	asText: ['Kept calls and their results as text, since no tools are offered', true],
	opened: ['Put a message of the user in front, since the assistant spoke first', true],
	closed: ['Asked for more at the end, since the assistant spoke last', false],
} as const;
type Repair = keyof typeof REPAIRS;

/** Whether a warning tells of a repair: results have others as well. */
export function isRepairWarning(warning: unknown): boolean {
	return (
		typeof warning === 'string' &&
		Object.values(REPAIRS).some(([words]) => warning.startsWith(`${words}: `))
	);
}

const MOST_NAMED = 5;
const LONGEST_NAME = 60;

/** The repairs of one conversation: each kind is one warning, with what it was done to. */
export interface Notes {
	add(repair: Repair, subject: string): void;
	warnings(): string[];
	/** Those of them without which another conversation is meant. */
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

/** What a record has beside the keys that are taken. */
export function noteKeys(
	record: Record<string, unknown>,
	known: readonly string[],
	notes: Notes,
): void {
	for (const [key, value] of Object.entries(record)) {
		if (value !== undefined && !known.includes(key)) notes.add('keys', key);
	}
}
