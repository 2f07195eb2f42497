import { keyOf } from './cmap';

/** How the bytes of a predefined character map are read: which begin a code of two, and as what. */
interface CodePage {
	names: RegExp;
	/** The label of the platform's decoder; undefined where codes are Unicode already. */
	label?: string;
	/** How many bytes a code has that begins with this one. */
	lengthFrom: (byte: number) => number;
	/** Codes of seven bits, which the decoder knows with their high bits set. */
	isSevenBit?: boolean;
}

const two = () => 2;
const pairFrom = (low: number) => (byte: number) => (byte >= low && byte <= 0xfe ? 2 : 1);
const shiftJis = (byte: number) =>
	(byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc) ? 2 : 1;
const eucJp = (byte: number) => (byte === 0x8e || byte >= 0xa1 ? 2 : 1);

const CODE_PAGES: readonly CodePage[] = [
	{ names: /^Uni.*-UCS2-/, label: 'utf-16be', lengthFrom: two },
	{
		names: /^Uni.*-UTF16-/,
		label: 'utf-16be',
		lengthFrom: (b) => (b >= 0xd8 && b <= 0xdb ? 4 : 2),
	},
	{ names: /RKSJ-/, label: 'shift_jis', lengthFrom: shiftJis },
	{ names: /^(?:78-)?EUC-[HV]$/, label: 'euc-jp', lengthFrom: eucJp },
	{
		names: /^(?:78-|Ext-|Add-|NWP-|Hojo-)?[HV]$/,
		label: 'euc-jp',
		lengthFrom: two,
		isSevenBit: true,
	},
	{ names: /^GB-[HV]$/, label: 'gbk', lengthFrom: two, isSevenBit: true },
	{ names: /^GB(?:K|pc)?(?:p?-EUC)?-[HV]$/, label: 'gbk', lengthFrom: pairFrom(0x81) },
	{ names: /^KSC-[HV]$/, label: 'euc-kr', lengthFrom: two, isSevenBit: true },
	{ names: /^KSC/, label: 'euc-kr', lengthFrom: pairFrom(0x81) },
	{
		names: /^(?:B5pc|ETen-B5|ETenms-B5|HKscs-B5|HKdl[ab]-B5|HKm\w+-B5)-/,
		label: 'big5',
		lengthFrom: pairFrom(0x81),
	},
];

export interface NamedCodes {
	lengthAt: (bytes: Uint8Array, at: number) => number;
	textOf: (code: number, length: number) => string | undefined;
}

/** The codes of a predefined character map, by the decoders of the platform; undefined for others. */
export function namedCodes(name: string): NamedCodes | undefined {
	const page = CODE_PAGES.find(({ names }) => names.test(name));
	if (!page) return undefined;
	const { label, lengthFrom, isSevenBit } = page;
	const decoder = new TextDecoder(label);
	const known = new Map<number, string>();
	return {
		lengthAt: (bytes, at) => lengthFrom(bytes[at] ?? 0),
		textOf(code, length) {
			const key = keyOf(code, length);
			const before = known.get(key);
			if (before !== undefined) return before;
			const full = isSevenBit ? code | 0x8080 : code;
			const bytes = Uint8Array.from({ length }, (_, at) => full / 256 ** (length - 1 - at));
			const text = decoder.decode(bytes);
			if (known.size < 70_000) known.set(key, text);
			return text.includes('\ufffd') ? undefined : text;
		},
	};
}
