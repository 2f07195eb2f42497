import { isDate, isDateTime, isDuration, isTime } from './dates';
import { isEmail, isHostname, isIpv4, isIpv6 } from './hosts';
import { isUri, isUriReference, isUriTemplate, isUrl } from './uris';

type Check = (text: string) => boolean;

/**
 * The formats that are asserted. Each takes time in proportion to the text, whatever it holds: bounded
 * lengths, or one look at each letter; no repetition inside a repetition.
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

/** Undefined for a format that is only noted. */
export function formatCheck(name: unknown): Check | undefined {
	return typeof name === 'string' ? FORMATS.get(name) : undefined;
}

/** Building the set of a property takes microseconds: it is asked for once, and `\\d` stands for it. */
const ESCAPE = /\\(?:[pP]\{([\w=]+)\}|[^])/g;
const known = new Set<string>();

/** Nobody has read a longer one. */
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
