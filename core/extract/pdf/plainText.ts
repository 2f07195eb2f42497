/** Signs of PDF's own encoding for texts outside of pages, where it is not Latin-1. */
const OWN = new Map<number, string>(
	[...'˘ˇˆ˙˝˛˚˜']
		.map((sign, index): [number, string] => [0x18 + index, sign])
		.concat(
			[...'•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž'].map((sign, index): [number, string] => [
				0x80 + index,
				sign,
			]),
			[[0xa0, '€']],
		),
);

/** A text outside of pages, such as the value of a field. */
export function plainText(bytes: Uint8Array): string {
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
		return new TextDecoder().decode(bytes);
	return Array.from(bytes, (byte) => OWN.get(byte) ?? String.fromCharCode(byte)).join('');
}
