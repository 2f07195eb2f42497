import { isRecord } from '../../core/isRecord';
import { parseJson } from '../parseJson';
import { spaced } from './words';

/** A tool's result as `label: value` lines, so that the next tool's arguments can be read off it. */
export function resultText(text: string): string {
	const value = parseJson(text);
	return typeof value === 'object' && value !== null ? lines(value).join('\n') : text;
}

function lines(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(lines);
	if (!isRecord(value)) return [String(value)];
	return Object.entries(value).flatMap(([key, child]) =>
		typeof child === 'object' && child !== null
			? lines(child)
			: [`${spaced(key).toLowerCase()}: ${String(child)}`],
	);
}
