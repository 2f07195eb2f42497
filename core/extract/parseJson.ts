export function parseJson(
	text: string,
):
	| { ok: true; candidates: { value: unknown; warnings: string[] }[] }
	| { ok: false; reason: string } {
	try {
		return {
			ok: true,
			candidates: [{ value: JSON.parse(text.replace(/^```json\n|\n```$/g, '')), warnings: [] }],
		};
	} catch {
		return { ok: false, reason: 'no JSON' };
	}
}
