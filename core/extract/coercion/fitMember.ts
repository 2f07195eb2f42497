import { isSame } from '../../isSame';
import { isRecord } from '../../isRecord';
import { perObject } from '../../perObject';
import { matchMember } from '../../read/matchMember';
import { readNumber } from '../../read/readNumber';
import { saysNothing } from '../../read/saysNothing';
import { readBoolean } from '../../read/words';
import { ambiguous, changed, changedKind, type Place } from './place';
import { digitsOf } from './fitText';

/** The member of an `enum` that a value stands for; the value itself where that is not certain. */
export function fitMember(given: unknown, members: readonly unknown[], place: Place): unknown {
	if (isMember(given, members)) return given;
	const only: unknown = Array.isArray(given) && given.length === 1 ? given[0] : given;
	if (isRecord(only) || Array.isArray(only)) return given;
	const meant =
		typeof only === 'string' ? memberIn(only, members, place) : memberOf(only, members, place);
	if (meant === undefined) {
		if (only === given || !isMember(only, members) || place.isExact) return given;
		changedKind(place, 'list of one to its entry');
		return only;
	}
	changed(place, given, meant.member);
	return meant.member;
}

const isMember = (value: unknown, members: readonly unknown[]) =>
	members.some((member) => isSame(member, value));

const kindsOf = perObject((members: readonly unknown[]) => ({
	numbers: members.filter((member) => typeof member === 'number'),
	texts: members.filter((member) => typeof member === 'string'),
}));

interface Meant {
	member: unknown;
}

function memberIn(text: string, members: readonly unknown[], place: Place): Meant | undefined {
	const { numbers, texts } = kindsOf(members);
	if (place.isExact) {
		const number = /^-?\d{1,15}(\.\d{1,10})?$/.test(text)
			? numbers.find((member) => String(member) === text)
			: undefined;
		return number === undefined ? undefined : { member: number };
	}
	const match = matchMember(text, texts);
	if (match.ok) return { member: match.value };
	if (match.either) {
		ambiguous(
			place,
			text,
			match.either.map((member) => JSON.stringify(member)),
		);
		return undefined;
	}
	const facts = place.facts();
	const reading = numbers.length > 0 ? readNumber(text, facts ? { facts } : {}) : undefined;
	if (reading?.ok && numbers.includes(reading.value)) return { member: reading.value };
	const said = readBoolean(text);
	if (said !== undefined && members.includes(said)) return { member: said };
	return members.includes(null) && saysNothing(text) ? { member: null } : undefined;
}

function memberOf(value: unknown, members: readonly unknown[], place: Place): Meant | undefined {
	const text =
		typeof value === 'number'
			? digitsOf(value, place)
			: typeof value === 'boolean'
				? String(value)
				: undefined;
	const own = text !== undefined && members.includes(text) ? { member: text } : undefined;
	if (own || place.isExact) return own;
	const isSwitch = (value === 0 || value === 1) && members.includes(value === 1);
	return isSwitch ? { member: value === 1 } : undefined;
}
