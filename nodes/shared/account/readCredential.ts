import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import {
	DEFAULT_BASE_URL,
	readClientConfig,
	type ClientConfig,
} from '../../../core/client/clientConfig';
import { TokenHubError } from '../../../core/errors';
import { isRecord } from '../../../core/lib/isRecord';
import { perObject } from '../../../core/lib/perObject';
import { readInput } from '../../../core/readInput';
import { valueOrReason } from '../../../core/messageOf';
import { optionalText } from '../form/formFields';

const TYPE = 'tokenHubApi';

/**
 * Removes what is copied along with a key or an address: invisible blanks, quotes, the scheme of the
 * header.
 */
function asMeant(text: string): string {
	const bare = text.replace(COPIED_ALONG, '');
	return bare === text ? text : asMeant(bare);
}
const COPIED_ALONG =
	/^(?:[\s\u200b-\u200f\u2060"'`‘-‟]+|(?:authorization:\s*)?bearer\s+)|[\s\u200b-\u200f\u2060"'`‘-‟]+$/gi;

export const credentialSchema = z.object({
	apiKey: z.string({ error: 'the API key is missing' }).transform(asMeant),
	baseUrl: optionalText.transform((text) => text && asMeant(text)).optional(),
});

export type Access = Pick<ClientConfig, 'apiKey' | 'baseUrl'>;

/** Key and base URL for an item. @throws TokenHubError `badConfig` if they cannot be right */
export async function readCredential(
	context: Pick<IExecuteFunctions, 'getCredentials'>,
	itemIndex: number,
): Promise<Access> {
	const known = accesses(context);
	const same = await (known.isSame ??= isSameForAll(context));
	const index = same ? 0 : itemIndex;
	const before = known.byItem.get(index);
	const access = before ?? read(context, index);
	known.byItem.set(index, access);
	return await access;
}

interface Known {
	isSame?: Promise<boolean>;
	byItem: Map<number, Promise<Access>>;
}

/** By execution context, which is one call of a node. */
const accesses = perObject<object, Known>(() => ({ byItem: new Map() }));

async function read(
	context: Pick<IExecuteFunctions, 'getCredentials'>,
	itemIndex: number,
): Promise<Access> {
	const found = await valueOrReason(() => context.getCredentials(TYPE, itemIndex));
	if (!found.ok) throw noCredential(found.reason);
	const stored: unknown = found.value;
	const config = await valueOrReason(() =>
		readClientConfig(readInput(credentialSchema, stored, 'TokenHub credential')),
	);
	if (!config.ok) throw badCredential(config.reason);
	const { apiKey, baseUrl } = config.value;
	return { apiKey, baseUrl };
}

function noCredential(reason: string): TokenHubError {
	const isMissing = reason.includes('not have any credentials');
	const message = `The TokenHub credential cannot be read: ${reason}`;
	return new TokenHubError(
		'badConfig',
		isMissing ? 'The node has no TokenHub credential.' : message,
		{
			hint: 'Choose or create a TokenHub credential in the field Credential of this node.',
		},
	);
}

function badCredential(reason: string): TokenHubError {
	return new TokenHubError(
		'badConfig',
		`TokenHub credential: ${reason.replace(/^Invalid (?:client options|TokenHub credential): "\w+": /, '')}`,
		{
			hint: `Open the TokenHub credential of this node. The API Key starts with th-; the Base URL is ${DEFAULT_BASE_URL}, or the address of your own gateway.`,
		},
	);
}

type Decrypt = (this: unknown, ...terms: unknown[]) => Promise<unknown>;
const isDecrypt = (value: unknown): value is Decrypt => typeof value === 'function';

/**
 * Whether the stored credential has no expression: otherwise, n8n would read it from its database for
 * each item. No method of a node's context returns the stored text; if n8n's own helper has changed,
 * the answer is no.
 */
async function isSameForAll(context: object): Promise<boolean> {
	const asked = await valueOrReason(async () => {
		const { additionalData, node, mode, executeData } = insideOf(context);
		const helper = isRecord(additionalData) ? additionalData.credentialsHelper : undefined;
		const decrypt = isRecord(helper) ? helper.getDecrypted : undefined;
		const details =
			isRecord(node) && isRecord(node.credentials) ? node.credentials[TYPE] : undefined;
		if (!isDecrypt(decrypt) || details === undefined) return false;
		const terms = [additionalData, details, TYPE, mode, executeData, true];
		const stored = await decrypt.call(helper, ...terms);
		return isRecord(stored) && !Object.values(stored).some(isExpression);
	});
	return asked.ok && asked.value;
}

function insideOf(context: object): Record<string, unknown> {
	const names = ['additionalData', 'node', 'mode', 'executeData'];
	return Object.fromEntries(
		names.map((name) => [name, name in context ? Reflect.get(context, name) : undefined]),
	);
}

const isExpression = (value: unknown) => typeof value === 'string' && value.startsWith('=');
