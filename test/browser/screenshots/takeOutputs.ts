import { closeNode, openNode, openWorkflow, startWorkflow } from '../editor/canvas';
import { readError, readOutput } from '../editor/panel';
import type { Editor } from '../openEditor';
import type { Camera } from './camera';

const RUNS = {
	chat: ['tokenhubFirstMsg1', 'Sum up the review'],
	loop: ['tokenhubToolLoop1', 'Answer the customer'],
	extract: ['tokenhubInvoice01', 'Read the invoice'],
} as const;

/** What comes out, in each of n8n's views of it, and a failure. */
export async function takeOutputs(camera: Camera, { origin }: Editor): Promise<void> {
	const { page } = camera;
	for (const [picture, [id, name]] of Object.entries(RUNS)) {
		await openWorkflow(page, origin, id);
		await startWorkflow(page);
		await openNode(page, name);
		for (const view of ['table', 'json', 'schema'] as const) {
			await readOutput(page, view);
			await camera.part(`${picture}-output-${view}`, page.getByTestId('output-panel'));
		}
		await camera.window(`${picture}-output`);
		await closeNode(page);
	}
	await openWorkflow(page, origin, 'browserNoCredit');
	await startWorkflow(page);
	await openNode(page, 'Chat');
	await readError(page);
	await camera.window('error');
	await closeNode(page);
}
