/** A web stream around a text that is all there takes longer than the text to parse. */
export class TextResponse extends Response {
	override readonly text: () => Promise<string>;

	constructor(text: string, facts: ResponseInit) {
		super(null, facts);
		this.text = () => Promise.resolve(text);
	}
}
