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
	if (uploads.length > 0)
		await page.locator('.chat input[type=file], input[type=file]').last().setInputFiles(uploads);
	await input.press('Enter');
	const answer = answers.nth(before);
	await answer.waitFor();
	// A stream begins with a message that is empty.
	await answer.filter({ hasText: /\S/ }).waitFor();
	return await answer.innerText();
}

/** What the Logs beside the chat say of a node. */
export async function logOf(page: Page, node: string): Promise<string> {
	const row = page
		.getByTestId('logs-overview-body')
		.getByRole('treeitem')
		.filter({ hasText: node });
	await row.first().waitFor();
	return (await row.first().innerText()).replace(/\s+/g, ' ');
}
