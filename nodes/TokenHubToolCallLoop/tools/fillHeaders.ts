import { z } from 'zod/v4';
import { TokenHubError } from '../../../core/errors';
import { readInput } from '../../../core/readInput';
import { asText, fillText, namesIn } from './fillTemplate';

const headersSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

type Headers = Record<string, string>;

/** Headers that say where a request goes and where it ends: arguments are not allowed there. */
const OF_THE_CONNECTION = /^(?:host|content-length|transfer-encoding|connection|upgrade)$/i;

/**
 * @throws TokenHubError `badConfig` for anything that is not a header, or must not depend on the model.
 */
export function readHeaders(tool: string, headers: unknown): Headers {
	const read = readInput(headersSchema, headers ?? {}, `Headers of tool "${tool}" (JSON)`);
	for (const [name, value] of Object.entries(read)) {
		const problem = !/^[\w!#$%&'*+.^`|~-]+$/.test(name)
			? 'is not a header name'
			: OF_THE_CONNECTION.test(name) && namesIn(String(value)).length > 0
				? 'cannot hold an argument'
				: undefined;
		if (problem) throw new TokenHubError('badConfig', `Tool "${tool}": "${name}" ${problem}.`);
	}
	return Object.fromEntries(Object.entries(read).map(([name, value]) => [name, String(value)]));
}

/** @throws Error that tells the model what a header cannot contain. */
export function fillHeaders(headers: Headers, args: Record<string, unknown>): Headers {
	return Object.fromEntries(
		Object.entries(headers).map(([name, template]) => {
			const value = fillText(template, args, asText);
			if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
				throw new Error(`a line break or a character that headers do not accept, in "${name}"`);
			}
			return [name, value];
		}),
	);
}

const SECRET_NAME = /auth|key|token|secret|cookie|password|session|signature/i;
const SHORTEST_SECRET = 8;

/** Parts of a tool's URL and headers that neither the model nor an output should see. */
export function secretsIn(url: string, headers: Headers): string[] {
	const { searchParams, password } = new URL(url);
	const values = [...searchParams, ...Object.entries(headers)]
		.filter(([name, value]) => SECRET_NAME.test(name) && namesIn(value).length === 0)
		.flatMap(([, value]) => value.split(/[\s;,]+/));
	const parts = values.flatMap((value) => [value, value.replace(/^[^=]+=/, '')]);
	return [...parts, password].filter((part) => part.length >= SHORTEST_SECRET);
}
