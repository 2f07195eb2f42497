import {
	isEmail,
	isHostname,
	isIpv4,
	isIpv6,
	isUri,
	isUriReference,
	isUriTemplate,
	isUrl,
} from './uris';

type Check = (text: string) => boolean;

/**
 * The formats that are validated. Each takes time in proportion to the text, whatever it contains:
 * bounded lengths, or one look at each letter; no repetition inside a repetition.
 */
const FORMATS = new Map<string, Check>([
	['date', isDate],
	['time', isTime],
	['date-time', isDateTime],
	['duration', isDuration],
	['email', isEmail],
	['hostname', isHostname],
	['ipv4', isIpv4],
	['ipv6', isIpv6],
	['uri', isUri],
	['uri-reference', isUriReference],
	['uri-template', isUriTemplate],
	['url', isUrl],
	['uuid', (text) => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text)],
	['regex', isRegex],
	['json-pointer', isJsonPointer],
	['json-pointer-uri-fragment', isPointerFragment],
	['relative-json-pointer', isRelativePointer],
]);

/** Undefined for a format that is only an annotation. */
export function formatCheck(name: unknown): Check | undefined {
	return typeof name === 'string' ? FORMATS.get(name) : undefined;
}

/**
 * Building the set of a Unicode property takes microseconds: each is checked once, and replaced by
 * `\\d`.
 */
const ESCAPE = /\\(?:[pP]\{([\w=]+)\}|[^])/g;
const known = new Set<string>();

/** A longer one is not validated. */
const LONGEST_REGEX = 100_000;

function isRegex(text: string): boolean {
	if (text.length > LONGEST_REGEX) return false;
	const plain = text.replace(ESCAPE, (escape: string, property?: string) =>
		property !== undefined && isProperty(property) ? String.raw`\d` : escape,
	);
	return isSyntax(plain);
}

function isProperty(name: string): boolean {
	if (!known.has(name) && isSyntax(`\\p{${name}}`)) known.add(name);
	return known.has(name);
}

function isSyntax(text: string): boolean {
	try {
		new RegExp(text, 'u');
		return true;
	} catch {
		return false;
	}
}

function isJsonPointer(text: string): boolean {
	return text === '' || (text.startsWith('/') && !/~(?![01])/.test(text));
}

function isPointerFragment(text: string): boolean {
	if (!/^#(?:\/|$)/.test(text)) return false;
	return !/[^a-z0-9_\-.!$&'()*+,;:=@/%~]|%(?![0-9a-f]{2})|~(?![01])/i.test(text.slice(1));
}

function isRelativePointer(text: string): boolean {
	const [up = ''] = /^(?:0|[1-9]\d*)/.exec(text) ?? [];
	const rest = text.slice(up.length);
	return up !== '' && (rest === '#' || isJsonPointer(rest));
}

const DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** RFC 3339. */
function isDate(text: string): boolean {
	const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)?.map(Number) ?? [];
	if (year === undefined || month === undefined || day === undefined) return false;
	const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
	const most = month === 2 && isLeap ? 29 : (DAYS[month] ?? 0);
	return day >= 1 && day <= most;
}

const TIME = /^(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:z|([+-])(\d\d):(\d\d))$/i;

function isTime(text: string): boolean {
	const found = TIME.exec(text);
	if (!found) return false;
	const [hour = 0, minute = 0, second = 0] = found.slice(1, 4).map(Number);
	const [offsetHour = 0, offsetMinute = 0] = found.slice(5).map((digits) => Number(digits ?? 0));
	if (hour > 23 || minute > 59 || second > 60 || offsetHour > 23 || offsetMinute > 59) return false;
	if (second < 60) return true;
	// A leap second is the last second of a day in UTC.
	const offset = (offsetHour * 60 + offsetMinute) * (found[4] === '-' ? -1 : 1);
	const day = 24 * 60;
	return (hour * 60 + minute - offset + day) % day === day - 1;
}

function isDateTime(text: string): boolean {
	return isDate(text.slice(0, 10)) && /^[t\s]/i.test(text.charAt(10)) && isTime(text.slice(11));
}

/** Units of a duration; each may only be followed by a smaller one. */
const OF_DATE = 'YMD';
const OF_TIME = 'HMS';

function isDuration(text: string): boolean {
	if (/^P\d+W$/.test(text)) return true;
	if (!text.startsWith('P')) return false;
	const at = text.indexOf('T');
	const date = at === -1 ? text.slice(1) : text.slice(1, at);
	const time = at === -1 ? undefined : text.slice(at + 1);
	if (time !== undefined && !areUnits(time, OF_TIME)) return false;
	return date === '' ? time !== undefined : areUnits(date, OF_DATE);
}

function areUnits(text: string, units: string): boolean {
	const parts = /^(?:(\d+)[A-Z])(?:(\d+)[A-Z])?(?:(\d+)[A-Z])?$/.test(text);
	return parts && units.includes(text.replace(/\d+/g, ''));
}
