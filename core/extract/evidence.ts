export function findEvidence(
	_value: unknown,
	_text: string,
): Record<string, { start: number; end: number; quote: string } | null> {
	return {};
}
