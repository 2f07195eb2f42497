export function mergeValues(
	values: unknown[],
	_schema: Record<string, unknown>,
): { value: unknown; warnings: string[] } {
	return { value: values[0], warnings: [] };
}
