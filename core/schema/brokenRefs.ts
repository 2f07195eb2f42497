import { dereference } from '@cfworker/json-schema';
import type { Failure } from '../errors';
import { isRecord } from '../isRecord';
import { messageOf } from '../messageOf';
import { addressOf, addressOfRef } from './addresses';
import type { JsonSchema } from './jsonSchema';
import { subschemas } from './subschemas';

/**
 * Each `$ref` that leads nowhere or leaves the document: nothing is ever fetched. A schema of another
 * address may stand under `$defs` with its `$id`. The schema given is marked by the library.
 */
export function brokenRefs(schema: JsonSchema): Failure[] {
	let lookup: Lookup;
	try {
		lookup = dereference(schema);
	} catch (cause) {
		return [{ path: '', message: `its addresses cannot be read: ${messageOf(cause)}` }];
	}
	const problems: Failure[] = [];
	const reached = subschemas(schema);
	const seen = new Set<object>(reached.map((found) => found.schema));
	// The list grows while it is walked: what a reference leads to may refer on.
	for (const { schema: node, path } of reached) {
		const { $ref } = node;
		if (typeof $ref !== 'string') continue;
		const target = lookup[addressOfRef(node)];
		if (target === undefined) problems.push({ path, message: reasonFor($ref) });
		else if (comesBack(node, lookup)) {
			problems.push({ path, message: `"$ref": "${$ref}" leads back to itself.` });
		}
		const prefix = pathOf(target);
		for (const inner of subschemas(target)) {
			if (!seen.has(inner.schema)) reached.push({ ...inner, path: prefix + inner.path });
			seen.add(inner.schema);
		}
	}
	return problems;
}

type Lookup = ReturnType<typeof dereference>;

/** Where a schema stands in its document. */
function pathOf(schema: unknown): string {
	const address = isRecord(schema) ? addressOf(schema) : '';
	return decodeURIComponent(address.split('#')[1] ?? '');
}

/** Whether references alone, without a step into the value, lead round in a circle. */
function comesBack(from: object, lookup: Lookup): boolean {
	const passed = new Set<object>();
	let at: unknown = from;
	while (isRecord(at) && typeof at.$ref === 'string') {
		if (passed.has(at)) return true;
		passed.add(at);
		at = lookup[addressOfRef(at)];
	}
	return false;
}

function reasonFor(ref: string): string {
	const hint = 'nothing is fetched, but a schema may stand under $defs with its $id';
	return ref.startsWith('#')
		? `"$ref": "${ref}" leads nowhere.`
		: `"$ref": "${ref}" leaves the document: ${hint}.`;
}
