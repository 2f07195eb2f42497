/** A PNG as a data URI, as far as its header. */
export function pngOf(width: number, height: number): string {
	const head = Buffer.from('89504e470d0a1a0a0000000d494844520000000000000000', 'hex');
	head.writeUInt32BE(width, 16);
	head.writeUInt32BE(height, 20);
	return `data:image/png;base64,${head.toString('base64')}`;
}
