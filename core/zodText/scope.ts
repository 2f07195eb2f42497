import type { ExportDefaultDeclaration, Expression } from 'acorn';
import type { Source } from './refuse';

export type Readable = Expression | ExportDefaultDeclaration['declaration'];

/** What is known where an expression stands. */
export interface Scope {
	source: Source;
	/** Reads an expression within another one. @throws TokenHubError `badConfig` */
	evaluate: (this: void, node: Readable, scope: Scope) => unknown;
	/** Values of the names declared so far. */
	names: Map<string, unknown>;
	/** What zod is called here. */
	zodNames: Set<string>;
	/** Schemas by names that may be declared later. */
	pending: Array<() => unknown>;
	depth: number;
	/** Schemas and their fields, those included that zod has copied. */
	parts: { made: number };
}
