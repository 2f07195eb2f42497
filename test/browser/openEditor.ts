import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, selectors, type Browser, type Page } from 'playwright-core';
import { startGateway, type Gateway } from '../../gateway';
import { exampleFiles, ROOT } from '../../server/paths';
import { startServer, type Server } from '../../server/startServer';
import { browserWorkflows } from './browserWorkflows';
import { signIn } from './editor/signIn';
import { panelWorkflows } from './screenshots/panelWorkflow';

/** n8n's editor in Chromium, signed in, with two endpoints: one answers, one holds its answers. */
export interface Editor {
	page: Page;
	origin: string;
	rest: Server['rest'];
	answering: Gateway;
	holding: Gateway;
	/** Keeps what is to be seen, for the person who looks into a failure. */
	keepPicture(name: string): Promise<void>;
	close(): Promise<void>;
}

export const WINDOW = { width: 1400, height: 900 };
/** An endpoint's own words. */
const REFUSAL = {
	...{ status: 400, error: { message: 'this account may not use tools after midnight' } },
};
const KEYS = { 'th-demo-key': 'active', 'th-empty-key': 'noCredit' } as const;
const PICTURES = join(ROOT, '.cache', 'browser');
/** n8n's editor is large, and machines of CI are small. */
const PATIENCE_MS = 120_000;

export async function openEditor(): Promise<Editor> {
	const answering = await startGateway({ keys: KEYS });
	const refusing = await startGateway({ keys: KEYS, script: () => REFUSAL });
	const holding = await startGateway({ keys: KEYS, script: () => ({ fault: 'hang' }) });
	const credential = (id: string, apiKey: string, { url: baseUrl }: Gateway) => {
		const data = { apiKey, baseUrl };
		return { id, name: 'TokenHub', type: 'tokenHubApi', data };
	};
	const server = await startServer({
		files: exampleFiles(),
		workflows: [...browserWorkflows, ...panelWorkflows],
		credentials: [
			credential('tokenhub-demo', 'th-demo-key', answering),
			credential('holding', 'th-demo-key', holding),
			credential('refusing', 'th-demo-key', refusing),
			credential('noCredit', 'th-empty-key', answering),
		],
	});
	const { page, browser } = await openPage(server.origin);
	return {
		...{ page, answering, holding, origin: server.origin, rest: server.rest },
		keepPicture: (name) => keepPicture(page, name),
		async close() {
			await browser.close();
			await server.stop();
			await Promise.all([answering, holding, refusing].map((gateway) => gateway.close()));
		},
	};
}

export async function openBrowser(): Promise<Browser> {
	const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
	return await chromium.launch({ executablePath, args: FLAGS });
}

/** n8n's editor at an address, signed in, in a browser of its own. */
export async function openPage(origin: string): Promise<{ page: Page; browser: Browser }> {
	const browser = await openBrowser();
	selectors.setTestIdAttribute('data-test-id');
	const page = await browser.newPage({
		viewport: WINDOW,
		reducedMotion: 'reduce',
	});
	page.setDefaultTimeout(PATIENCE_MS);
	await signIn(page, origin);
	return { page, browser };
}

/** Keeps what is to be seen, for the person who looks into a failure. */
export async function keepPicture(page: Page, name: string): Promise<void> {
	await mkdir(PICTURES, { recursive: true });
	await page.screenshot({ path: join(PICTURES, `${name.replaceAll(/\W+/g, '-')}.png`) });
}

/** Nothing but n8n: no calls home, no sandbox (which root cannot have). */
const FLAGS = [
	...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
	...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];
