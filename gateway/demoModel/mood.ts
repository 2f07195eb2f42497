const GOOD =
	/\b(good|great|love|loved|excellent|happy|perfect|thanks|fast|wonderful|best|nice)\b/gi;
const BAD = /\b(bad|broken|hate|terrible|angry|slow|late|awful|worst|refund|poor|wrong|never)\b/gi;

/** A crude count of kind and unkind words, where the options are moods. */
export function moodOf(text: string, options: unknown[]): string | undefined {
	const balance = (text.match(GOOD) ?? []).length - (text.match(BAD) ?? []).length;
	const mood = balance > 0 ? 'positive' : balance < 0 ? 'negative' : 'neutral';
	return options.includes(mood) ? mood : undefined;
}
