import type { Locator, Page } from 'playwright-core';

interface Target {
	name: string;
	origin: string;
}

const card = (page: Page, name: string): Locator =>
	page.getByTestId('community-package-card').filter({ hasText: name });

async function openSettings(page: Page, origin: string): Promise<void> {
	await page.goto(`${origin}/settings/community-nodes`, { waitUntil: 'commit' });
}

/** Settings, Community nodes, Install. */
export async function installPackage(page: Page, { name, origin }: Target): Promise<void> {
	await openSettings(page, origin);
	await page.getByRole('button', { name: 'Install' }).first().click();
	const dialog = page.getByRole('dialog');
	await dialog.locator('input[type="text"]').first().fill(name);
	await dialog.getByText('I understand').click();
	await dialog.getByRole('button', { name: 'Install' }).click();
	await card(page, name).waitFor();
}

/** The version that its card shows. */
export async function installedVersion(page: Page, name: string): Promise<string> {
	const text = await card(page, name).innerText();
	return /v(\d+\.\d+\.\d+)/.exec(text)?.[1] ?? text;
}

/** By the card's own button, which is there once n8n knows of a newer version. */
export async function updatePackage(page: Page, { name, origin }: Target): Promise<void> {
	await openSettings(page, origin);
	const before = await installedVersion(page, name);
	await card(page, name).getByRole('button', { name: 'Update' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
	await card(page, name).getByText(before).waitFor({ state: 'hidden' });
	await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

export async function removePackage(page: Page, name: string): Promise<void> {
	await card(page, name).getByTestId('action-toggle').click();
	await page.getByText('Uninstall package').click();
	await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
	await card(page, name).waitFor({ state: 'hidden' });
}
