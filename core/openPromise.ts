export interface OpenPromise<Value> {
	promise: Promise<Value>;
	resolve(this: void, value: Value): void;
	reject(this: void, error: Error): void;
}

/** What `Promise.withResolvers` gives, which Node 20 lacks: n8n before 2.10 may run on it. */
export function openPromise<Value>(): OpenPromise<Value> {
	let resolve: OpenPromise<Value>['resolve'] = () => undefined;
	let reject: OpenPromise<Value>['reject'] = () => undefined;
	const promise = new Promise<Value>((...ends) => {
		[resolve, reject] = ends;
	});
	return { promise, resolve, reject };
}
