/** What a URI must not contain: a character outside of its set, or a stray percent sign. */
const outside = (letters: string) =>
	new RegExp(String.raw`[^a-z0-9\-._~!$&'()*+,;=%${letters}]|%(?![0-9a-f]{2})`, 'i');
const NOT_IN_NAME = outside('');
const NOT_IN_USER = outside(':');
const NOT_IN_PATH = outside(':@/');
const NOT_IN_QUERY = outside(':@/?');

/** RFC 3986, with a scheme. */
export function isUri(text: string): boolean {
	const [scheme = ''] = /^[a-z][a-z0-9+\-.]*:/i.exec(text) ?? [];
	return scheme !== '' && isBehindScheme(text.slice(scheme.length));
}

export function isUriReference(text: string): boolean {
	if (isUri(text)) return true;
	// Without a scheme, a colon in the first segment would be read as the end of one.
	return !/^[^/?#]*:/.test(text) && isBehindScheme(text);
}

function isBehindScheme(text: string): boolean {
	const [beforeFragment, fragment = ''] = splitAt(text, '#');
	const [hierarchy, query = ''] = splitAt(beforeFragment, '?');
	if (NOT_IN_QUERY.test(fragment) || NOT_IN_QUERY.test(query)) return false;
	if (!hierarchy.startsWith('//')) return !NOT_IN_PATH.test(hierarchy);
	const [authority, path = ''] = splitAt(hierarchy.slice(2), '/');
	return isAuthority(authority) && !NOT_IN_PATH.test(path);
}

function splitAt(text: string, sign: string): [before: string, after?: string] {
	const at = text.indexOf(sign);
	return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function isAuthority(text: string): boolean {
	const at = text.lastIndexOf('@');
	if (NOT_IN_USER.test(text.slice(0, Math.max(at, 0)))) return false;
	const [, address = '', port = ''] = /^(\[[^\]]*\]|[^:]*)(.*)$/s.exec(text.slice(at + 1)) ?? [];
	if (!/^(?::\d*)?$/.test(port)) return false;
	return address.startsWith('[') ? isIpLiteral(address.slice(1, -1)) : !NOT_IN_NAME.test(address);
}

function isIpLiteral(text: string): boolean {
	const [, future] = /^v[0-9a-f]+\.(.+)$/is.exec(text) ?? [];
	return future === undefined ? isIpv6(text) : !/[^a-z0-9\-._~!$&'()*+,;=:]/i.test(future);
}

const NOT_IN_LITERAL = /[\0-\x20\x7f"<>\\^`{|}]|%(?![0-9a-f]{2})/i;
const NOT_IN_VARIABLE = /[^a-z0-9_.%]|%(?![0-9a-f]{2})|^\.|\.$|\.\./i;

/** RFC 6570. */
export function isUriTemplate(text: string): boolean {
	const [literal = '', ...expressions] = text.split('{');
	return (
		!NOT_IN_LITERAL.test(literal) &&
		expressions.every((part) => {
			const [expression, after] = splitAt(part, '}');
			if (after === undefined || NOT_IN_LITERAL.test(after)) return false;
			return expression
				.replace(/^[+#./;?&=,!@|]/, '')
				.split(',')
				.every(isVariable);
		})
	);
}

function isVariable(text: string): boolean {
	const name = text.replace(/(?::[1-9]\d{0,3}|\*)$/, '');
	return name !== '' && !NOT_IN_VARIABLE.test(name);
}

/** An address on the public web or of FTP, as people write it: no standard defines it. */
export function isUrl(text: string): boolean {
	const [scheme = ''] = /^(?:https?|ftp):\/\//i.exec(text) ?? [];
	const rest = text.slice(scheme.length);
	if (scheme === '' || /\s/.test(rest)) return false;
	// A user name and a password may precede the host, and contain any character.
	for (let at = 0; at !== -1; at = rest.indexOf('@', at)) {
		const start = at === 0 ? 0 : at + 1;
		const length = rest.slice(start).search(/[/:@]/);
		const end = length === -1 ? rest.length : start + length;
		if (/^(?:(?::\d{2,5})?\/|(?::\d{2,5})?$)/.test(rest.slice(end, end + 7))) {
			if (isPublicHost(rest.slice(start, end))) return true;
		}
		at += 1;
	}
	return false;
}

const NOT_IN_LABEL = /[^a-z0-9\u00a1-\uffff.-]/iu;
const TOP_LEVEL = /^(?:[a-z\u00a1-\uffff]{2,}|xn--[a-z0-9-]+)$/iu;

function isPublicHost(host: string): boolean {
	if (isIpv4(host)) return isPublicIpv4(host);
	if (NOT_IN_LABEL.test(host) || /(?:^|\.)[.-]|[.-](?:\.|$)/.test(host)) return false;
	const at = host.lastIndexOf('.');
	return at > 0 && TOP_LEVEL.test(host.slice(at + 1));
}

function isPublicIpv4(address: string): boolean {
	const [first = 0, second = 0, , last = 0] = address.split('.').map(Number);
	if (first < 1 || first > 223 || last < 1 || last > 254) return false;
	if (first === 10 || first === 127) return false;
	if (first === 169) return second !== 254;
	return first === 192 ? second !== 168 : first !== 172 || second < 16 || second > 31;
}

/** A label of a host name has at most 63 characters, the whole name 253. */
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

export function isHostname(text: string): boolean {
	return text.length <= 253 && text.split('.').every((label) => LABEL.test(label));
}

export function isIpv4(text: string): boolean {
	if (text.length > 15) return false;
	const parts = text.split('.');
	return parts.length === 4 && parts.every((part) => isByte(part));
}

function isByte(part: string): boolean {
	return /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255;
}

const LONGEST_IPV6 = 45;

/** Eight groups, the last two possibly as IPv4; `::` represents one or more zero groups. */
export function isIpv6(text: string): boolean {
	if (text.length > LONGEST_IPV6) return false;
	const [head = '', tail, ...more] = text.split('::');
	if (more.length > 0) return false;
	const before = groupsOf(head, tail === undefined);
	if (tail === undefined) return before === 8;
	const after = groupsOf(tail, true);
	return before >= 0 && after >= 0 && before + after <= 7;
}

/** How many groups a part has; negative if it does not consist of groups. */
function groupsOf(part: string, isLast: boolean): number {
	if (part === '') return 0;
	const groups = part.split(':');
	const last = groups.at(-1) ?? '';
	const hasIpv4 = isLast && last.includes('.');
	if (hasIpv4 && !isIpv4(last)) return -Infinity;
	const plain = hasIpv4 ? groups.slice(0, -1) : groups;
	if (!plain.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return -Infinity;
	return plain.length + (hasIpv4 ? 2 : 0);
}

const LONGEST_EMAIL = 64 + 1 + 253;
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+$/i;
const QUOTED = /^"(?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\[\x20-\x7e])*"$/;

/** RFC 5321, without comments. */
export function isEmail(text: string): boolean {
	if (text.length > LONGEST_EMAIL) return false;
	const at = text.lastIndexOf('@');
	const local = text.slice(0, Math.max(at, 0));
	if (local === '' || local.length > 64) return false;
	if (!QUOTED.test(local) && !local.split('.').every((atom) => LOCAL.test(atom))) return false;
	const host = text.slice(at + 1);
	if (!host.startsWith('[') || !host.endsWith(']')) return isHostname(host);
	const address = host.slice(1, -1);
	return /^ipv6:/i.test(address) ? isIpv6(address.slice(5)) : isIpv4(address);
}
