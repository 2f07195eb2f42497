import { wordOf } from '../messageOf';

/** Arguments as the text they should be: some gateways send the object itself, or nothing. */
export function toolArguments(sent: unknown): string {
	return sent === null ? '' : wordOf(sent);
}
