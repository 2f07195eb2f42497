const SIGNATURE = '\x89PNG\r\n\x1a\n';

/**
 * The description that a picture carries with it (PNG, `iTXt`, as photo programs write it). The demo
 * model cannot see: this is what it reads instead.
 */
export function pictureWords(url: string): string | undefined {
	const [, base64 = ''] = /^data:image\/png;base64,(.*)$/s.exec(url) ?? [];
	const bytes = Buffer.from(base64, 'base64');
	if (bytes.toString('latin1', 0, 8) !== SIGNATURE) return undefined;
	for (let at = 8; at + 12 <= bytes.length;) {
		const length = bytes.readUInt32BE(at);
		const data = bytes.subarray(at + 8, at + 8 + length);
		if (bytes.toString('latin1', at + 4, at + 8) === 'iTXt') return description(data);
		at += 12 + length;
	}
	return undefined;
}

/** Keyword, two flags, language and translated keyword, each ended by a zero; then the text. */
function description(data: Buffer): string | undefined {
	const [, text] = /^Description\0\0.[^\0]*\0[^\0]*\0(.*)$/s.exec(data.toString('utf8')) ?? [];
	return text;
}
