/** What may be a secret of anybody, in words that were never meant for a reader: errors. */
const SECRETS: ReadonlyArray<[pattern: RegExp, replacement: string]> = [
	[/\bth-[^\s"'`<>,;()\\…]{6,}/gi, 'th-…'],
	[
		/\b(bearer)((?:\s|%20|\+){1,4})(?!(?:tokens?|auth\w*|scheme|realm|header|keys?|in|is|or|and|was|for|required|credentials?)\b)[^\s"',;<>…]+/gi,
		'$1$2…',
	],
	// Not "Basic plan": a name and a password in base64 are longer and hold more than small letters.
	[/\b([Bb]asic|BASIC)((?:\s|%20|\+){1,4})(?=[a-z+/]*[A-Z0-9=])[\w+/=-]{8,}/g, '$1$2…'],
	[/\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#@]{1,500}@/gi, '$1…@'],
	[
		/([?&](?:[\w-]{0,20}key|[\w-]{0,20}token|[\w-]{0,20}secret|[\w-]{0,20}signature|password|pwd|auth|sig)=)[^&\s"'#]+/gi,
		'$1…',
	],
];

/** An error's words without tokens, key-like words, passwords in URLs and the like. */
export function withoutSecrets(text: string): string {
	return SECRETS.reduce((rest, [pattern, mark]) => rest.replace(pattern, mark), text);
}
