const DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** RFC 3339. */
export function isDate(text: string): boolean {
	const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)?.map(Number) ?? [];
	if (year === undefined || month === undefined || day === undefined) return false;
	const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
	const most = month === 2 && isLeap ? 29 : (DAYS[month] ?? 0);
	return day >= 1 && day <= most;
}

const TIME = /^(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:z|([+-])(\d\d):(\d\d))$/i;

export function isTime(text: string): boolean {
	const found = TIME.exec(text);
	if (!found) return false;
	const [hour = 0, minute = 0, second = 0] = found.slice(1, 4).map(Number);
	const [offsetHour = 0, offsetMinute = 0] = found.slice(5).map((digits) => Number(digits ?? 0));
	if (hour > 23 || minute > 59 || second > 60 || offsetHour > 23 || offsetMinute > 59) return false;
	if (second < 60) return true;
	// A leap second is the last of a day in UTC.
	const offset = (offsetHour * 60 + offsetMinute) * (found[4] === '-' ? -1 : 1);
	const day = 24 * 60;
	return (hour * 60 + minute - offset + day) % day === day - 1;
}

export function isDateTime(text: string): boolean {
	return isDate(text.slice(0, 10)) && /^[t\s]/i.test(text.charAt(10)) && isTime(text.slice(11));
}

/** Units of a duration, each of which may only be followed by the next smaller one. */
const OF_DATE = 'YMD';
const OF_TIME = 'HMS';

export function isDuration(text: string): boolean {
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
