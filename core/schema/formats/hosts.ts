/** A label of a host name at most 63 letters long, as many as a name of 253 letters holds. */
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

/** Eight groups, the last two perhaps as IPv4; `::` stands for one or more that are zero. */
export function isIpv6(text: string): boolean {
	if (text.length > LONGEST_IPV6) return false;
	const [head = '', tail, ...more] = text.split('::');
	if (more.length > 0) return false;
	const before = groupsOf(head, tail === undefined);
	if (tail === undefined) return before === 8;
	const after = groupsOf(tail, true);
	return before >= 0 && after >= 0 && before + after <= 7;
}

/** How many groups a part stands for; less than none when it is not made of groups. */
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
