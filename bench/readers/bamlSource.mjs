/**
 * Writes plain JSON Schemas in BAML's language: a class for each object, a function for each schema.
 */
export function bamlSource(schemas) {
	const blocks = [
		'client<llm> C {\n  provider openai\n  options {\n    model "x"\n    api_key "x"\n  }\n}',
	];
	for (const [name, schema] of Object.entries(schemas)) {
		const type = typeOf(schema, `T_${name}`, blocks);
		blocks.push(
			`function Read_${name}(text: string) -> ${type} {\n  client C\n  prompt #"{{ ctx.output_format }} {{ text }}"#\n}`,
		);
	}
	return blocks.join('\n');
}

const PLAIN = { string: 'string', integer: 'int', number: 'float', boolean: 'bool' };

function typeOf(schema, name, blocks) {
	if (schema.enum) return `(${schema.enum.map((member) => JSON.stringify(member)).join(' | ')})`;
	if (schema.type === 'array') return `${typeOf(schema.items, `${name}_item`, blocks)}[]`;
	if (schema.type !== 'object') return PLAIN[schema.type];
	const fields = Object.entries(schema.properties).map(([key, value]) => {
		const type = typeOf(value, `${name}_${key}`, blocks);
		return `  ${key} ${type}${schema.required.includes(key) ? '' : '?'}`;
	});
	blocks.push(`class ${name} {\n${fields.join('\n')}\n}`);
	return name;
}
