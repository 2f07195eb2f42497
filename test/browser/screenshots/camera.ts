import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { ROOT } from '../../e2e/paths';
import { say } from '../../e2e/stage';
import { WINDOW } from '../openEditor';

/** Nothing that moves, and no messages over what is shown. */
const STILL = {
	animations: 'disabled',
	caret: 'hide',
	style: '.el-notification { display: none }',
} as const;
const FOLDER = join(ROOT, 'docs', 'screenshots');

/** Takes pictures of a page, by the names under which the documentation shows them. */
export interface Camera {
	page: Page;
	/** What the window shows. */
	window(name: string): Promise<void>;
	/** One part of it, and nothing around. */
	part(name: string, part: Locator): Promise<void>;
	/** The form of the open node. */
	form(name: string): Promise<void>;
}

export function openCamera(page: Page): Camera {
	mkdirSync(FOLDER, { recursive: true });
	const path = (name: string) => {
		say(name);
		return join(FOLDER, `${name}.png`);
	};
	const part = async (name: string, shown: Locator) => {
		await shown.screenshot({ path: path(name), ...STILL });
	};
	return {
		page,
		part,
		window: async (name) => void (await page.screenshot({ path: path(name), ...STILL })),
		async form(name) {
			// n8n loads the editors of lists and JSON when they are first shown.
			await page.getByText('Loading fields').waitFor({ state: 'hidden' });
			await page.setViewportSize({ ...WINDOW, height: 1250 });
			await part(name, formOf(page));
			await page.setViewportSize(WINDOW);
		},
	};
}

/** The smallest part of the panel that holds both its tabs and its fields. */
function formOf(page: Page): Locator {
	return page
		.locator('[data-test-id="ndv"] div')
		.filter({ has: page.getByTestId('tab-params') })
		.filter({ has: page.getByTestId('node-parameters') })
		.last();
}
