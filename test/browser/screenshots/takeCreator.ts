import { openCreator, searchNode } from '../editor/addNode';
import { openWorkflow } from '../editor/canvas';
import type { Editor } from '../openEditor';
import type { Camera } from './camera';

const SEARCHES = {
	claude: 'TokenHub Chat Completion',
	tokenhub: 'TokenHub Chat Model',
	'extract json': 'TokenHub Structured JSON Extract',
	agent: 'TokenHub Tool Call Loop',
};

/** What n8n's node creator lists for the words that people look for. */
export async function takeCreator(camera: Camera, { origin }: Editor): Promise<void> {
	const { page } = camera;
	await openWorkflow(page, origin);
	await openCreator(page);
	for (const [words, name] of Object.entries(SEARCHES)) {
		await searchNode(page, words, name);
		await camera.part(`search-${words.replace(' ', '-')}`, page.getByTestId('node-creator'));
	}
}
