export function coerce(
	value: unknown,
	_schema: Record<string, unknown>,
): { value: unknown; warnings: string[] } {
	return { value, warnings: [] };
}
