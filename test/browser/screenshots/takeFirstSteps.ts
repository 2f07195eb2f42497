import { addNode } from '../editor/addNode';
import { openWorkflow } from '../editor/canvas';
import {
	fillCredential,
	openCredential,
	openCredentialForm,
	saveBadCredential,
	saveGoodCredential,
} from '../editor/credentialForm';
import { openInstallDialog } from '../editor/communityNodes';
import type { Editor } from '../openEditor';
import type { Camera } from './camera';

/** What a newcomer sees before the first answer: the installation and the credential. */
export async function takeFirstSteps(
	camera: Camera,
	{ origin, answering: { url: baseUrl } }: Editor,
): Promise<void> {
	const { page } = camera;
	await openInstallDialog(page, origin);
	await camera.window('install');
	await openWorkflow(page, origin);
	await addNode(page, 'TokenHub Chat Completion');
	await openCredentialForm(page);
	await camera.window('credential');
	await fillCredential(page, { apiKey: 'th-wrong-key', baseUrl });
	await saveBadCredential(page);
	await camera.window('credential-bad-key');
	await fillCredential(page, { apiKey: 'th-demo-key', baseUrl });
	await saveGoodCredential(page);
	await openCredential(page);
	await camera.window('credential-good-key');
}
