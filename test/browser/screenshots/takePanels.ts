import { addNode } from '../editor/addNode';
import { closeNode, openNode, openWorkflow } from '../editor/canvas';
import { field } from '../editor/panel';
import type { Editor } from '../openEditor';
import type { Camera } from './camera';
import { PANELS, PEERS } from './panelWorkflow';

const NEW = {
	'chat-default': 'TokenHub Chat Completion',
	'loop-default': 'TokenHub Tool Call Loop',
	'extract-default': 'TokenHub Structured JSON Extract',
	'chat-model-default': 'TokenHub Chat Model',
};

/** Each form as it is when the node is new, and filled in for each of its modes. */
export async function takePanels(camera: Camera, { origin }: Editor): Promise<void> {
	const { page } = camera;
	await openWorkflow(page, origin);
	for (const [picture, name] of Object.entries(NEW)) {
		await addNode(page, name);
		await camera.form(picture);
		await closeNode(page);
	}
	await openWorkflow(page, origin, 'browserPanels');
	for (const [picture, { name }] of Object.entries(PANELS)) {
		await openNode(page, name);
		await field(page, 'model').waitFor();
		await camera.form(picture);
		await closeNode(page);
	}
}

/** n8n's own nodes beside ours, with the same task. */
export async function takePeers(camera: Camera, { origin }: Editor): Promise<void> {
	const { page } = camera;
	await openWorkflow(page, origin, 'browserPeers');
	for (const [picture, { name }] of Object.entries(PEERS)) {
		await openNode(page, name);
		await page.getByTestId('node-parameters').waitFor();
		await camera.form(picture);
		await closeNode(page);
	}
}
