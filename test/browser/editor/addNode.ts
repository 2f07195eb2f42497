import type { Page } from 'playwright-core';

export interface FoundNode {
	name: string;
	subtitle: string;
}

const creator = (page: Page) => page.getByTestId('node-creator');
const results = (page: Page) => creator(page).getByTestId('item-iterator-item');
const result = (page: Page, name: string) =>
	results(page).filter({ has: page.getByText(name, { exact: true }) });

export async function openCreator(page: Page): Promise<void> {
	await page.getByTestId('node-creator-plus-button').click();
	await creator(page).waitFor();
}

/** What the node creator lists for these words, once a node of that name is among them. */
export async function searchNode(page: Page, words: string, name: string): Promise<FoundNode[]> {
	const search = page.getByTestId('node-creator-search-bar');
	// Results of a search before stay until those of the next are there.
	await search.fill('');
	await result(page, name).waitFor({ state: 'hidden' });
	await search.fill(words);
	await result(page, name).waitFor();
	const rows = await results(page).all();
	return await Promise.all(
		rows.map(async (row) => ({
			name: await row.getByTestId('node-creator-item-name').innerText(),
			subtitle: await row.getByTestId('node-creator-item-description').innerText(),
		})),
	);
}

/** Takes a search result; a community node shows itself before it is added. Its panel opens. */
async function takeNode(page: Page, name: string): Promise<void> {
	await result(page, name).click();
	await page.getByRole('button', { name: 'Add to workflow' }).click();
	await page.getByTestId('ndv').waitFor();
}

export async function addNode(page: Page, name: string): Promise<void> {
	await openCreator(page);
	await searchNode(page, name, name);
	await takeNode(page, name);
}
