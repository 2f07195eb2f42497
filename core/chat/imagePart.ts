/** An image as a part of a message, in OpenAI's form. */
export function imagePart(url: string) {
	return { type: 'image_url' as const, image_url: { url } };
}

export function dataUri(mimeType: string, base64: string): string {
	return `data:${mimeType};base64,${base64}`;
}
