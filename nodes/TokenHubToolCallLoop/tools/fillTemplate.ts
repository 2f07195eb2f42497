import { isRecord } from '../../../core/lib/isRecord';

const PLACEHOLDER = /\{(\w+)\}/g;
const WHOLE = /^\{(\w+)\}$/;

type Arguments = Record<string, unknown>;

/** The names in a template's placeholders. */
export function namesIn(template: string): string[] {
	return [...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
}

/** A text with each `{name}` replaced by that argument; names without an argument are kept. */
export function fillText(template: string, args: Arguments, encode = asText): string {
	return template.replace(PLACEHOLDER, (match, name: string) =>
		Object.hasOwn(args, name) ? encode(args[name]) : match,
	);
}

/**
 * A JSON value with placeholders in its texts: a text that is only `{name}` keeps the argument's type.
 */
export function fillJson(template: unknown, args: Arguments): unknown {
	if (typeof template === 'string') {
		const name = WHOLE.exec(template)?.[1];
		return name !== undefined && Object.hasOwn(args, name) ? args[name] : fillText(template, args);
	}
	if (Array.isArray(template)) return template.map((entry) => fillJson(entry, args));
	if (!isRecord(template)) return template;
	const filled = Object.entries(template).map(([key, value]) => [key, fillJson(value, args)]);
	return Object.fromEntries(filled);
}

export function asText(value: unknown): string {
	return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
