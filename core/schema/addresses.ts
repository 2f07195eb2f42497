/** The validator marks each schema that it has read with its own address, and that of its `$ref`. */
export function addressOf(schema: object): string {
	return String(Reflect.get(schema, '__absolute_uri__'));
}

export function addressOfRef(schema: object): string {
	return String(Reflect.get(schema, '__absolute_ref__'));
}
