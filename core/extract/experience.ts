import type { TokenHubClient } from '../client/createClient';
import { perObject } from '../perObject';
import type { JsonSchema } from '../schema/jsonSchema';

/** How often something was tried, and how often it gave a valid value. */
export interface Odds {
	tries: number;
	wins: number;
}

/** What is known of a model's answers to one schema. */
export interface ModelRecord {
	first: Odds;
	repair: Odds;
	/** The model refused the schema as a tool. */
	refusesTool: boolean;
}

/** What a run has learned of one schema, shared by all its items. */
export interface Experience {
	/** By model: how its answers fared. */
	models: Map<string, ModelRecord>;
	/** What the texts read so far were expected to cost, and did. */
	expectedUsd: number;
	spentUsd: number;
}

/** By schema. */
const memory = perObject((_account: object) => new Map<string, Experience>());

export function experienceOf(client: TokenHubClient, schema: JsonSchema): Experience {
	const schemas = memory(client.account);
	const key = JSON.stringify(schema);
	const experience = schemas.get(key) ?? { models: new Map(), expectedUsd: 0, spentUsd: 0 };
	schemas.set(key, experience);
	return experience;
}
