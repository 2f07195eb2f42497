import type { Page } from 'playwright-core';

interface Upload {
	name: string;
	mimeType: string;
	buffer: Buffer;
}

/** Writes into the chat below the canvas; what is answered there. */
export async function say(page: Page, words: string, ...uploads: Upload[]): Promise<string> {
	const button = page.getByTestId('workflow-chat-button');
	// n8n remembers whether the chat was open.
	if ((await button.innerText()).includes('Open')) await button.click();
	const input = page.getByTestId('chat-input');
	await input.fill(words);
	const answers = page.locator('.chat-message-from-bot:not(.chat-message-typing)');
	const before = await answers.count();
	if (uploads.length > 0) await attach(page, uploads);
	await input.press('Enter');
	const answer = answers.nth(before);
	await answer.waitFor();
	// A stream begins with a message that is empty.
	await answer.filter({ hasText: /\S/ }).waitFor();
	return await answer.innerText();
}

/** By the paper clip. */
async function attach(page: Page, uploads: Upload[]): Promise<void> {
	const choosing = page.waitForEvent('filechooser');
	await page.locator('.chat-input-file-button').first().click();
	await (await choosing).setFiles(uploads);
	await page.getByTestId('chat-file').first().waitFor();
}

/** What the Logs beside the chat say: of the run, and of its last node, which n8n opens by itself. */
export async function readLogs(page: Page): Promise<string> {
	await page.getByTestId('logs-details-body').waitFor();
	return (await page.getByTestId('logs-panel').innerText()).replace(/\s+/g, ' ');
}
