import { unascii85, unhex, unlzw, unrun } from './expand';
import { inflate } from './inflate';
import { broken, PDF_LIMITS, type Pace } from './refusal';
import { unpredict } from './unpredict';
import { dictOf, isList, nameOf, type PdfDict, type PdfValue } from './values';

const MOST_BYTES = PDF_LIMITS.streamMegabytes * 1024 * 1024;
/** Packed once, and what comes out packed again. */
const MOST_LAYERS = 8;

interface Layer {
	filter: string;
	parameters: PdfDict;
}

/** The layers of a stream, outermost first; its dictionary must hold no references. */
function layersOf(dict: PdfDict): Layer[] {
	const all = (value: PdfValue | undefined): readonly (PdfValue | undefined)[] =>
		isList(value) ? value : [value];
	const parameters = all(dict.get('DecodeParms') ?? dict.get('DP'));
	return all(dict.get('Filter') ?? dict.get('F')).flatMap((value, index) => {
		const filter = nameOf(value);
		return filter === undefined ? [] : [{ filter, parameters: dictOf(parameters[index]) }];
	});
}

/** What the bytes of a stream stand for. @throws Refusal for a picture, and for more than 50 MB. */
export async function unpack(packed: Uint8Array, dict: PdfDict, pace: Pace): Promise<Uint8Array> {
	const layers = layersOf(dict);
	if (layers.length > MOST_LAYERS) throw broken('one of its parts is packed too often');
	let bytes = packed;
	for (const { filter, parameters } of layers) {
		await pace();
		bytes = await unpackLayer(bytes, { filter, parameters }, pace);
	}
	return bytes;
}

async function unpackLayer(
	bytes: Uint8Array,
	{ filter, parameters }: Layer,
	pace: Pace,
): Promise<Uint8Array> {
	switch (filter) {
		case 'FlateDecode':
		case 'Fl':
			return await unpredict(await inflate(bytes, MOST_BYTES), parameters, pace);
		case 'LZWDecode':
		case 'LZW': {
			const how = { most: MOST_BYTES, isEarly: parameters.get('EarlyChange') !== 0 };
			return await unpredict(await unlzw(bytes, how, pace), parameters, pace);
		}
		case 'ASCII85Decode':
		case 'A85':
			return await unascii85(bytes, MOST_BYTES, pace);
		case 'ASCIIHexDecode':
		case 'AHx':
			return await unhex(bytes, MOST_BYTES, pace);
		case 'RunLengthDecode':
		case 'RL':
			return await unrun(bytes, MOST_BYTES, pace);
		case 'Crypt':
			return bytes;
		default:
			throw broken(`one of its parts is packed as ${filter}`);
	}
}
