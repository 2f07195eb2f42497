import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { checkAccess } from '../../core/access/checkAccess';
import { readInput } from '../../core/readInput';
import { credentialTestPorts } from './n8nPorts';
import { credentialSchema } from './readCredential';

/** The credential's test button: tells good from bad without a request that is paid for. */
export async function tokenHubApiTest(
	this: ICredentialTestFunctions,
	{ data }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	// A field that is not filled in yet has its words as well.
	const values = { apiKey: '', ...data };
	const { apiKey, baseUrl } = readInput(credentialSchema, values, 'TokenHub credential');
	const { ok, message } = await checkAccess({ apiKey, baseUrl, ...credentialTestPorts(this) });
	return { status: ok ? 'OK' : 'Error', message };
}
