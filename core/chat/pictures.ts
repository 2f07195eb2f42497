/** How base64 of each kind of image that Claude sees begins. */
const PICTURES = [
	[/^iVBORw0KGg/, 'image/png'],
	[/^\/9j\//, 'image/jpeg'],
	[/^R0lGOD[dl]/, 'image/gif'],
	[/^UklGR.{6}XRUJQ/, 'image/webp'],
] as const;
type PictureType = (typeof PICTURES)[number][1];
/** The MIME types of those images. */
export const PICTURE_TYPES: ReadonlySet<string> = new Set(PICTURES.map(([, type]) => type));

/** The actual type of base64 data: Claude refuses an image whose type differs from the stated one. */
export function pictureType(base64: string): PictureType | undefined {
	const start = base64.slice(0, 24);
	return PICTURES.find(([sign]) => sign.test(start))?.[1];
}

/** How pages, JSON, PDFs, archives and sounds begin: what is saved in place of a picture. */
const NO_PICTURE = /^(?:\xef\xbb\xbf)?\s*[<{[]|^%PDF|^PK\x03\x04|^RIFF[^]{4}(?!WEBP)/;

/** Whether base64 data is certainly not an image, such as a page that reports an error. */
export function isNoPicture(base64: string): boolean {
	return NO_PICTURE.test(Buffer.from(base64.slice(0, 64), 'base64').toString('latin1'));
}

interface Size {
	width: number;
	height: number;
}

/** In pixels; undefined if the image does not say it near its start. */
export function pictureSize(base64: string): Size | undefined {
	const type = pictureType(base64);
	if (type === undefined) return undefined;
	const bytes = Buffer.from(base64.slice(0, type === 'image/jpeg' ? 400_000 : 64), 'base64');
	try {
		return SIZES[type](bytes);
	} catch {
		// The data ends before the size.
		return undefined;
	}
}

const SIZES: Record<PictureType, (bytes: Buffer) => Size | undefined> = {
	'image/png': (bytes) => ({ width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }),
	'image/gif': (bytes) => ({ width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }),
	'image/jpeg': sizeOfJpeg,
	'image/webp': sizeOfWebp,
};

/** Its segments have a marker and a length; the one that begins a frame has the size. */
function sizeOfJpeg(bytes: Buffer): Size | undefined {
	for (let at = 2; bytes.readUInt8(at) === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
		const mark = bytes.readUInt8(at + 1);
		const isFrame = mark >= 0xc0 && mark <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(mark);
		if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
	}
	return undefined;
}

function sizeOfWebp(bytes: Buffer): Size | undefined {
	const kind = bytes.toString('latin1', 12, 16);
	if (kind === 'VP8X')
		return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
	if (kind === 'VP8 ')
		return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
	if (kind !== 'VP8L') return undefined;
	const bits = bytes.readUInt32LE(21);
	return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
}
