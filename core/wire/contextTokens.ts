/** Gateways say in many ways that a prompt does not fit into the model. */
const TOO_LONG = [
	/(?:prompt|input|context|request|conversation)s? (?:is|are) too (?:long|large)/i,
	/too (?:many|large).{0,60}(?:input|prompt) tokens|too many tokens/i,
	/(?:maximum|max) (?:context|prompt|model|input) (?:length|size|window|tokens)/i,
	/context (?:length|size|window|limit).{0,60}exceed|exceed.{0,60}context (?:length|size|window|limit)/i,
	/(?:token|length).{0,60}exceeds? (?:the |your )?(?:maximum|max|limit|model)/i,
	/exceed.{0,40}(?:token limit|maximum number of tokens)/i,
	/ContextWindowExceeded/i,
	/tokens?.{0,80}(?:only supports|cannot exceed|must be <=)/i,
	/maximum context length|too large for model|reduce the length of the (?:messages|prompt)/i,
	/range of input length should be|loaded with context length of only/i,
];
/** Of a rate, not of a model; and of what is written, not of what is sent. */
const OTHERWISE = /(?:per|\/) ?(?:min(?:ute)?|day|hour)\b|\bTPM\b|\bTPD\b/i;

/** Long messages repeat what was sent. */
const MOST = 2_000;

/** Whether a gateway's words say that what was sent is too long for the model. */
export function saysTooLong(message: string): boolean {
	const said = message.slice(0, MOST);
	return !OTHERWISE.test(said) && TOO_LONG.some((pattern) => pattern.test(said));
}

/** Tokens that were sent, and those that the model takes. */
export interface ContextTokens {
	sent?: number;
	limit?: number;
}

const NUMBER = '(\\d[\\d,]{0,14})';
const LIMITS = [
	`(?:>|<=) ?${NUMBER}`,
	`(?:with|of) ${NUMBER} (?:maximum|max)`,
	`(?:maximum|max(?!_)|limit|supports|cannot exceed|context (?:length|size|window))\\b(?:(?!\\bby\\b)[^\\d.]){0,40}${NUMBER}`,
].map((source) => new RegExp(source, 'i'));
const SUM = new RegExp(`${NUMBER} \\+ ${NUMBER} > `);

/** The numbers of a message that says that a prompt is too long, as far as it has them. */
export function contextTokens(message: string): ContextTokens {
	const said = message.slice(0, MOST);
	const [limit] = LIMITS.flatMap((pattern) => toNumber(pattern.exec(said)?.[1]));
	const sum = SUM.exec(said);
	const [sent] = sum
		? [[...toNumber(sum[1]), ...toNumber(sum[2])].reduce((a, b) => a + b, 0)]
		: [...said.matchAll(/\d[\d,]{0,14}/g)]
				.flatMap(([digits]) => toNumber(digits))
				.filter((number) => limit !== undefined && number > limit);
	return { sent, limit };
}

function toNumber(digits: string | undefined): number[] {
	return digits === undefined ? [] : [Number(digits.replaceAll(',', ''))];
}
