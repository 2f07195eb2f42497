import type { TokenHubClient } from './createClient';

/** Something for each client, which lives as long as a run: made when it is first asked for. */
export function perClient<Value>(make: () => Value): (client: TokenHubClient) => Value {
	const values = new WeakMap<TokenHubClient, Value>();
	return (client) => {
		const value = values.get(client) ?? make();
		values.set(client, value);
		return value;
	};
}
