import { isRecord } from '../../core/lib/isRecord';
import type { Script } from '../../gateway';

const BY_FORMAT: Record<string, string> = {
	date: '2026-11-27',
	'date-time': '2026-11-27T12:00:00Z',
	email: 'a@example.com',
	uri: 'https://example.com',
};

/** A value of any schema that these forms can make. */
function valueOf(schema: unknown): unknown {
	if (!isRecord(schema)) return 'b';
	if (Array.isArray(schema.enum)) return schema.enum[0];
	if (schema.type === 'array') return [valueOf(schema.items)];
	if (isRecord(schema.properties)) {
		const fields = Object.entries(schema.properties);
		return Object.fromEntries(fields.map(([name, field]) => [name, valueOf(field)]));
	}
	if (schema.type === 'boolean') return true;
	if (schema.type === 'integer' || schema.type === 'number') return 1;
	return BY_FORMAT[String(schema.format)] ?? 'b';
}

/** Calls the first tool that is offered, with what its schema asks for. */
export const validAnswer: Script = ({ tools = [] }) => {
	const [tool] = tools;
	if (!tool) return { text: '{"a":"b"}' };
	const { name, parameters } = tool.function;
	return { toolCalls: [{ name, arguments: JSON.stringify(valueOf(parameters)) }] };
};
