/** Runs one step of the preparation, with a line before and after it: the longest takes minutes. */
export async function stage<T>(name: string, work: () => Promise<T>): Promise<T> {
	const started = Date.now();
	say(`${name} …`);
	const result = await work();
	say(`${name}: ${Math.round((Date.now() - started) / 1_000)} s`);
	return result;
}

export function say(line: string): void {
	process.stderr.write(`e2e: ${line}\n`);
}
