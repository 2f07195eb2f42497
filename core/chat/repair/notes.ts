import { jsonPointer } from '../../lib/jsonPointer';

/** The repairs, with the text of each warning; `true` if the turns themselves were broken. */
export const REPAIRS = {
	halves: ['Replaced unpaired surrogates', false],
	noMessage: ['Left out entries that are not messages', true],
	role: ['Read roles as OpenAI roles', false],
	keys: ['Left out keys that TokenHub does not accept', false],
	parts: ['Converted content from another format', false],
	calledTwice: ['Merged calls that a message contains twice', false],
	joined: ['Joined calls that came before any result', true],
	speakers: ['Put the names of several speakers before their texts', true],
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
/** The limit for keys, which are named one by one. */
const MOST_KEYS = 30;
const LONGEST_NAME = 60;
const LONGEST_PLACE = 120;

/** The repairs of one conversation: each kind is one warning, which names what was repaired. */
export interface Notes {
	add(repair: Repair, subject: string): void;
	/** Names the keys of a record that are not taken, each with the first place it was found. */
	leaveOut(record: Record<string, unknown>, known: readonly string[]): void;
	/** The same notes for something nested inside. */
	at(...steps: ReadonlyArray<string | number>): Notes;
	/**
	 * The same for something converted to another form: its keys are reported at the place of the whole.
	 */
	asWhole(): Notes;
	warnings(): string[];
	/** Those without which the conversation would mean something else. */
	faults(): string[];
}

interface Subject {
	/** As it is reported. */
	words: string;
	count: number;
}

/** By name: for a key, the last step of its path. */
type Made = Map<Repair, { subjects: Map<string, Subject>; count: number }>;

/** A conversation has many places: they share what is noted, and the way to it. */
class PlacedNotes implements Notes {
	constructor(
		private readonly made: Made,
		private readonly place: Place | undefined,
		private readonly isExact = true,
	) {}

	add(repair: Repair, subject: string): void {
		const name = subject.slice(0, LONGEST_NAME);
		note(this.made, repair, { name, words: name });
	}

	leaveOut(record: Record<string, unknown>, known: readonly string[]): void {
		for (const key of Object.keys(record)) {
			if (record[key] === undefined || known.includes(key)) continue;
			const words = jsonPointer([...stepsTo(this.place), key]).slice(0, LONGEST_PLACE);
			note(this.made, 'keys', { name: key, words });
		}
	}

	at(...steps: ReadonlyArray<string | number>): Notes {
		if (!this.isExact) return this;
		let { place } = this;
		for (const step of steps) place = { step, above: place };
		return new PlacedNotes(this.made, place);
	}

	asWhole(): Notes {
		return new PlacedNotes(this.made, this.place, false);
	}

	warnings(): string[] {
		return [...this.made].map(([repair, what]) => line(repair, what));
	}

	faults(): string[] {
		const faults = [...this.made].filter(([repair]) => REPAIRS[repair][1]);
		return faults.map(([repair, what]) => line(repair, what));
	}
}

export function openNotes(): Notes {
	return new PlacedNotes(new Map(), undefined);
}

interface Place {
	step: string | number;
	above: Place | undefined;
}

function stepsTo(place: Place | undefined): Array<string | number> {
	return place ? [...stepsTo(place.above), place.step] : [];
}

function note(made: Made, repair: Repair, { name, words }: { name: string; words: string }): void {
	const known = made.get(repair) ?? { subjects: new Map<string, Subject>(), count: 0 };
	known.count += 1;
	const subject = known.subjects.get(name);
	const most = repair === 'keys' ? MOST_KEYS : MOST_NAMED;
	if (subject) subject.count += 1;
	else if (known.subjects.size < most) known.subjects.set(name, { words, count: 1 });
	made.set(repair, known);
}

function line(
	repair: Repair,
	{ subjects, count }: { subjects: ReadonlyMap<string, Subject>; count: number },
): string {
	const all = [...subjects.values()];
	const named = all.map((subject) => (repair === 'keys' ? placesOf(subject) : subject.words));
	const told = repair === 'keys' ? sumOf(all) : subjects.size;
	const times = count === told ? '' : ` (${count} times)`;
	return `${REPAIRS[repair][0]}: ${named.join(', ')}${times}.`;
}

/** The same key may occur in many messages. */
function placesOf({ words, count }: Subject): string {
	return count === 1 ? words : `${words} (${count} times)`;
}

function sumOf(subjects: readonly Subject[]): number {
	return subjects.reduce((sum, { count }) => sum + count, 0);
}
