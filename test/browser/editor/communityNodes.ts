import type { Page } from 'playwright-core';

/** Settings, Community nodes, Install: as far as it goes without the registry. */
export async function openInstallDialog(page: Page, origin: string): Promise<void> {
	await page.goto(`${origin}/settings/community-nodes`, { waitUntil: 'commit' });
	await page.getByRole('button', { name: 'Install' }).first().click();
	const dialog = page.getByRole('dialog');
	await dialog.locator('input[type="text"]').first().fill('n8n-nodes-tokenhub');
	await dialog.getByText('I understand').click();
}
