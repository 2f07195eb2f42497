/** Arguments as the text they should be: some gateways send the object itself, or nothing. */
export function toolArguments(sent: unknown): string {
	if (typeof sent === 'string') return sent;
	if (sent === undefined || sent === null) return '';
	return JSON.stringify(sent);
}
