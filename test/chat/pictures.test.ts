import { pictureSize, pictureType } from '../../core/chat/pictures';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex').toString('base64');
const EXIF = `ffe1 0008 ${'00'.repeat(6)}`;
const RIFF = '52494646 00000000 57454250';

test.each([
	['PNG', '89504e470d0a1a0a 0000000d 49484452 00000140 000000f0', 'image/png'],
	['GIF', '474946383961 4001 f000', 'image/gif'],
	['JPEG', `ffd8 ${EXIF} ffc0 0011 08 00f0 0140 03`, 'image/jpeg'],
	['a progressive JPEG', `ffd8 ${EXIF} ffc4 0003 00 ffc2 0011 08 00f0 0140 03`, 'image/jpeg'],
	['WebP', `${RIFF} 56503820 00000000 000000 9d012a 4001 f000`, 'image/webp'],
	['lossless WebP', `${RIFF} 5650384c 00000000 2f 3fc13b00`, 'image/webp'],
	['WebP with more', `${RIFF} 56503858 00000000 00000000 3f0100 ef0000`, 'image/webp'],
])('%s says its kind and its size', (_name, bytes, type) => {
	expect(pictureType(hex(bytes))).toBe(type);
	expect(pictureSize(hex(bytes))).toEqual({ width: 320, height: 240 });
});

test.each([
	'',
	'ffd8',
	'ffd8 ffda 0004 0000',
	'89504e470d0a1a0a',
	RIFF,
	`${RIFF} 58585858`,
	'3c68',
])('what does not say its size has none: %s', (bytes) => {
	expect(pictureSize(hex(bytes))).toBeUndefined();
});
