/**
 * Runs `task` over `inputs`, at most `limit` at once, and returns the results in input order.
 * The first rejection rejects the whole; tasks that must not end the others settle themselves.
 */
export async function mapConcurrently<Input, Output>(
	inputs: readonly Input[],
	limit: number,
	task: (input: Input, index: number) => Promise<Output>,
): Promise<Output[]> {
	const outputs: Output[] = [];
	const queue = inputs.entries();
	const work = async () => {
		// One shared iterator: each worker takes the next input as soon as it is free.
		for (const [index, input] of queue) outputs[index] = await task(input, index);
	};
	const workers = Math.max(1, Math.min(limit, inputs.length));
	await Promise.all(Array.from({ length: workers }, work));
	return outputs;
}
