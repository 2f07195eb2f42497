import type { Locator, Page } from 'playwright-core';

const output = (page: Page) => page.getByTestId('output-panel');

export type View = 'schema' | 'table' | 'json';

/** One field of the open node's form. */
export const field = (page: Page, name: string): Locator =>
	page.getByTestId('ndv').getByTestId(`parameter-input-${name}`);

/** Once the run has succeeded: its words in one of n8n's views of it. */
export async function readOutput(page: Page, view: View): Promise<string> {
	await output(page).getByTestId('node-run-status-success').waitFor();
	await output(page).getByTestId(`radio-button-${view}`).click();
	// n8n loads a view when it is first shown.
	const shown = output(page).getByTestId('ndv-data-container').filter({ hasText: /\S/ });
	const text = await shown.innerText();
	return text.replace(/\s+/g, ' ');
}

export interface ShownError {
	message: string;
	description: string;
}

export async function readError(page: Page): Promise<ShownError> {
	const message = output(page).getByTestId('node-error-message');
	await message.waitFor();
	const description = output(page).getByTestId('node-error-description');
	return { message: await message.innerText(), description: await description.innerText() };
}
