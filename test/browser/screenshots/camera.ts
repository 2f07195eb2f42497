import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { ROOT } from '../../../server/paths';
import { say } from '../../../server/stage';
import { WINDOW } from '../openEditor';
import { around, boxesOf, boxOf, type Box } from './boxes';

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
	/** The nodes on the canvas, and little around them. */
	nodes(name: string): Promise<void>;
	/** The form of the open node. */
	form(name: string): Promise<void>;
}

export function openCamera(page: Page): Camera {
	mkdirSync(FOLDER, { recursive: true });
	const shoot = async (name: string, clip?: Box) => {
		say(name);
		// What lies under the mouse shows more than the rest.
		await page.mouse.move(0, 0);
		await page.screenshot({ path: join(FOLDER, `${name}.png`), ...STILL, ...(clip && { clip }) });
	};
	return {
		page,
		window: (name) => shoot(name),
		part: async (name, shown) => await shoot(name, await boxOf(shown)),
		async nodes(name) {
			await shoot(name, around(await boxesOf(page.getByTestId('canvas-node')), 110));
		},
		async form(name) {
			await page.setViewportSize({ ...WINDOW, height: 1700 });
			// n8n loads the editors of lists and JSON when they are first shown.
			await page.getByText('Loading fields').waitFor({ state: 'hidden' });
			await shoot(name, await formBox(page));
			await page.setViewportSize(WINDOW);
		},
	};
}

/** From the panel's tabs to its last field: nothing of the empty space below. */
async function formBox(page: Page): Promise<Box> {
	const panel = page
		.locator('[data-test-id="ndv"] div')
		.filter({ has: page.getByTestId('tab-params') })
		.filter({ has: page.getByTestId('node-parameters') })
		.last();
	const fields = page.getByTestId('node-parameters').getByTestId('parameter-item');
	const { x, y, width } = await boxOf(panel);
	const ends = (await boxesOf(fields)).map((box) => box.y + box.height);
	return { x, y, width, height: Math.max(...ends) + 16 - y };
}
