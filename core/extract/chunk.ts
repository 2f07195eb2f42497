export function chunkText(text: string, _chunk: { size: number; overlap: number }): string[] {
	return [text];
}
