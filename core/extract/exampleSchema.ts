export function schemaFromExamples(examples: readonly unknown[]): Record<string, unknown> {
	throw new Error(String(examples));
}
