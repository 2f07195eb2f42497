import { node, openWorkflow } from '../editor/canvas';
import type { Editor } from '../openEditor';
import type { Camera } from './camera';

const CANVASES = {
	'canvas-tool-call-loop': ['tokenhubToolLoop1', 'Answer the customer'],
	'canvas-tools-in-the-workflow': ['tokenhubVisibleLoop1', 'Answer the customer'],
	'canvas-human-approval': ['tokenhubApproval1', 'Answer the customer'],
	'canvas-agent-on-chat-model': ['tokenhubAgentMd1', 'AI Agent'],
} as const;

export async function takeCanvases(camera: Camera, { origin }: Editor): Promise<void> {
	const { page } = camera;
	for (const [picture, [id, name]] of Object.entries(CANVASES)) {
		await openWorkflow(page, origin, id);
		await node(page, name).waitFor();
		await page.getByTestId('zoom-to-fit').click();
		await camera.nodes(picture);
	}
}
