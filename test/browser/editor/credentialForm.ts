import type { Page } from 'playwright-core';

const form = (page: Page) => page.getByTestId('credential-edit-dialog');

/** From the open node's panel: the form of a credential that is not there yet. */
export async function openCredentialForm(page: Page): Promise<void> {
	await page.getByTestId('ndv').getByTestId('node-credentials-select').click();
	await page.getByTestId('node-credentials-select-item-new').click();
	await form(page).waitFor();
}

export async function fillCredential(
	page: Page,
	values: { apiKey: string; baseUrl: string },
): Promise<void> {
	for (const [name, value] of Object.entries(values)) {
		await form(page).getByTestId(`parameter-input-${name}`).locator('input').fill(value);
	}
}

/** Saves a credential that does not work; what the form then says. */
export async function saveBadCredential(page: Page): Promise<string> {
	await page.getByTestId('credential-save-button').click();
	await form(page).getByText('Couldn’t connect with these settings').waitFor();
	await form(page).getByText('More details').click();
	return await form(page).innerText();
}

/** Saves a credential that works: n8n tests it, and closes the form only then. */
export async function saveGoodCredential(page: Page): Promise<void> {
	await page.getByTestId('credential-save-button').click();
	await form(page).waitFor({ state: 'hidden' });
}

/** The node's credential as it was saved: opening it tests it again. */
export async function openCredential(page: Page): Promise<void> {
	await page.getByTestId('ndv').getByTestId('credential-edit-button').click();
	await form(page).getByText('Connection tested successfully').waitFor();
}
