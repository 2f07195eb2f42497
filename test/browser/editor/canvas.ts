import type { Locator, Page } from 'playwright-core';

export const node = (page: Page, name: string): Locator =>
	page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);

/** The line between two nodes. */
export const wire = (page: Page, [from, to]: [from: string, to: string]): Locator =>
	page.locator(
		`[data-test-id="edge"][data-source-node-name="${from}"][data-target-node-name="${to}"]`,
	);

/** One that is there, or a new one. */
export async function openWorkflow(page: Page, origin: string, id = 'new'): Promise<void> {
	// Not the load event: n8n's editor keeps on loading.
	await page.goto(`${origin}/workflow/${id}`, { waitUntil: 'commit' });
	await page.getByTestId('node-creator-plus-button').waitFor();
}

export async function openNode(page: Page, name: string): Promise<void> {
	await node(page, name).dblclick();
	await page.getByTestId('ndv').waitFor();
}

export async function closeNode(page: Page): Promise<void> {
	await page.getByTestId('ndv-close-button').click();
	await page.getByTestId('ndv').waitFor({ state: 'hidden' });
}

/** By the plus of an agent's Tools: n8n's list of tools opens, and then the new tool's panel. */
export async function addTool(page: Page, agent: string, tool: string): Promise<void> {
	const handle = page.locator(
		`[data-test-id="canvas-node-input-handle"][data-connection-type="ai_tool"][data-node-name="${agent}"]`,
	);
	await handle.getByTestId('canvas-handle-plus').click();
	const row = page.getByTestId('item-iterator-item');
	await row.filter({ has: page.getByText(tool, { exact: true }) }).click();
	await page.getByTestId('ndv').waitFor();
}

/** The button on the canvas. */
export async function startWorkflow(page: Page): Promise<void> {
	await page.getByTestId('execute-workflow-button').click();
}

export async function stopWorkflow(page: Page): Promise<void> {
	await page.getByTestId('stop-execution-button').click();
	await page.getByTestId('stop-execution-button').waitFor({ state: 'hidden' });
}
