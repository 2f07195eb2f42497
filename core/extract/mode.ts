import type { TokenHubError } from '../errors';
import type { ModelRecord } from './experience';
import type { ExtractRequest } from './extractRequest';
import type { Target } from './targetSchema';

/** How a model is asked: by the schema as a tool, or by the schema in words and JSON mode. */
export type Mode = 'tool' | 'json';

/** `auto` is a tool call, unless the schema cannot be one or the model has refused it. */
export function modeFor(
	{ request, target }: { request: ExtractRequest; target: Target },
	record: ModelRecord,
): Mode {
	if (request.mode !== 'auto') return request.mode;
	return !target.form.problem && !record.refusesTool ? 'tool' : 'json';
}

/** Whether an error leaves JSON mode to be tried. */
export function refusesTool(
	error: TokenHubError,
	{ mode, request }: { mode: Mode; request: ExtractRequest },
): boolean {
	const mayChange = mode === 'tool' && request.mode === 'auto';
	return mayChange && error.kind === 'badRequest' && /\btools\b|input_schema/.test(error.message);
}
