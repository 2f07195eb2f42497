import { isRecord } from '../../isRecord';
import { definitionOf, internalsOf, methodOf } from './zodNode';

/** Lets a schema, which is nobody else's, see something else than what it was given. */
export function intercept(made: object, read: (value: unknown) => unknown): void {
	replaceParse(made, (parse) => (input, context) => {
		const key = internalsOf(made) ? 'value' : 'data';
		if (isRecord(input)) input[key] = read(input[key]);
		return parse(input, context);
	});
}

/** What `.catch()` would replace is wrong; what is missing still becomes its value. */
export function withoutCatch(made: object): void {
	const inner = definitionOf(made)?.innerType;
	if (typeof inner !== 'object' || inner === null) return;
	const internals = internalsOf(inner);
	replaceParse(made, (parse) => (input, context) => {
		const isMissing = isRecord(input) && (input.value ?? input.data) === undefined;
		const run = internals ? methodOf(internals, 'run') : methodOf(inner, '_parse');
		return isMissing || !run ? parse(input, context) : run(input, context);
	});
}

type Parse = (input: unknown, context: unknown) => unknown;

/** zod 4 asks `run`, which is `parse` where there are no checks; zod 3 asks `_parse`. */
function replaceParse(made: object, replaced: (parse: Parse) => Parse): void {
	const internals = internalsOf(made);
	const [owner, name] = internals ? [internals, 'parse'] : [made, '_parse'];
	const own = methodOf(owner, name);
	if (!own) return;
	const next = replaced(own);
	if (internals && internals.run === internals.parse) internals.run = next;
	Reflect.set(owner, name, next);
}
