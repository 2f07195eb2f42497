import { messageOf } from '../../../core/messageOf';
import { openEditor, type Editor } from '../openEditor';
import { openCamera } from './camera';
import { takeCanvases } from './takeCanvases';
import { takeCreator } from './takeCreator';
import { takeFirstSteps } from './takeFirstSteps';
import { takeOutputs } from './takeOutputs';
import { takePanels, takePeers } from './takePanels';

const TAKES = {
	firstSteps: takeFirstSteps,
	creator: takeCreator,
	panels: takePanels,
	peers: takePeers,
	outputs: takeOutputs,
	canvases: takeCanvases,
};

/** `npm run screenshots`: the pictures of docs/screenshots, from n8n's editor as it is; all, or those named. */
async function main(editor: Editor): Promise<void> {
	const camera = openCamera(editor.page);
	const named = process.argv.slice(2);
	for (const [name, take] of Object.entries(TAKES)) {
		if (named.length === 0 || named.includes(name)) await take(camera, editor);
	}
}

async function run(): Promise<void> {
	const editor = await openEditor();
	try {
		await main(editor);
	} catch (error) {
		await editor.keepPicture('screenshots');
		throw error;
	} finally {
		await editor.close();
	}
}

run().catch((error: unknown) => {
	process.stderr.write(`${messageOf(error)}\n`);
	process.exitCode = 1;
});
