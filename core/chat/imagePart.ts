/** An image as a part of a message, in OpenAI's form. */
export function imagePart(url: string) {
	return { type: 'image_url' as const, image_url: { url } };
}

export function dataUri(mimeType: string, base64: string): string {
	return `data:${mimeType};base64,${base64}`;
}

interface DataUriHead {
	type: string;
	isBase64: boolean;
	/** Up to the data, the comma included. */
	length: number;
}

/** A longer head is none: types and their parameters are short, and the data may have megabytes. */
const LONGEST_HEAD = 1_000;

/** What stands before the data of a data URI; undefined for a link, and where the comma is missing. */
export function dataUriHead(url: string): DataUriHead | undefined {
	const comma = url.slice(0, LONGEST_HEAD).indexOf(',');
	if (comma === -1 || !/^data:/i.test(url)) return undefined;
	const [type = '', ...parameters] = url.slice('data:'.length, comma).split(';');
	return { type, isBase64: parameters.at(-1) === 'base64', length: comma + 1 };
}
