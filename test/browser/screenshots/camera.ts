import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { ROOT } from '../../e2e/paths';
import { say } from '../../e2e/stage';

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
	const still = { animations: 'disabled', caret: 'hide' } as const;
	const part = async (name: string, shown: Locator) => {
		await shown.screenshot({ path: path(name), ...still });
	};
	return {
		page,
		part,
		window: async (name) => void (await page.screenshot({ path: path(name), ...still })),
		form: async (name) => await part(name, formOf(page)),
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
