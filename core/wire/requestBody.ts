/**
 * The body of a request, as far as its sender looks into it: the rest goes out as it is. What may stand
 * in it is for `chatRequest` to say.
 */
export interface RequestBody {
	model: string;
	messages: readonly object[];
	max_tokens: number;
	tools?: readonly object[];
}
