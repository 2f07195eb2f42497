import type { Page } from 'playwright-core';

/** Writes into the chat below the canvas; what is answered there. */
export async function say(page: Page, words: string): Promise<string> {
	const button = page.getByTestId('workflow-chat-button');
	// n8n remembers whether the chat was open.
	if ((await button.innerText()).includes('Open')) await button.click();
	const input = page.getByTestId('chat-input');
	await input.fill(words);
	await input.press('Enter');
	const answer = page.locator('.chat-message-from-bot:not(.chat-message-typing)').last();
	await answer.waitFor();
	return await answer.innerText();
}
