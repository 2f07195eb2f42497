/** Runs one stage of the preparation with a line before and after it: the longest takes minutes. */
export async function stage<T>(name: string, work: () => Promise<T>): Promise<T> {
	const started = Date.now();
	say(`${name} …`);
	const result = await work();
	say(`${name}: done in ${Math.round((Date.now() - started) / 1000)} s`);
	return result;
}

export function say(line: string): void {
	process.stdout.write(`e2e: ${line}\n`);
}
