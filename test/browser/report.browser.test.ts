import type { Browser } from 'playwright-core';
import { createClient, evaluate, reportHtml } from '../../library';
import { openBrowser } from './openEditor';

/** The page of an evaluation in a browser: whatever the names, nothing is beside the screen. */

const NAMES = ['haiku', 'somebody/a-model-with-a-rather-long-name-2026-11-28', 'x'.repeat(80)];

let browser: Browser;
let page: string;

beforeAll(async () => {
	browser = await openBrowser();
	const cases = Array.from({ length: 40 }, (_none, n) => ({
		...{ id: `Invoice-${'9'.repeat(n)}`, prompt: 'x' },
		expected: { [`field${'s'.repeat(n)}`]: 'long'.repeat(n), total: n, list: [{ a: 1 }] },
	}));
	const run = ({ case: { expected }, model }: { case: { expected?: unknown }; model: string }) =>
		model === 'x' ? expected : { ...Object(expected), total: 'y'.repeat(300) };
	const client = createClient({ apiKey: 'th-demo-key' });
	const baseline = await evaluate({ client, cases, models: NAMES, run });
	page = reportHtml(await evaluate({ client, cases, models: NAMES, run, baseline }));
});

afterAll(async () => await browser?.close());

/** In the browser, whose types are not ours. */
const LOOK = `
	for (const details of document.querySelectorAll('details')) details.open = true;
	const beside = [...document.querySelectorAll('main *')].filter(
		(one) => one.getBoundingClientRect().right > window.innerWidth + 1,
	);
	({
		beside: beside.slice(0, 3).map((one) => one.outerHTML.slice(0, 100)),
		isWide: document.documentElement.scrollWidth > window.innerWidth,
		isLightOnDark: Number(/\\d+/.exec(getComputedStyle(document.body).color)[0]) > 128,
	})`;
const SIZES = [320, 480, 800, 1000, 1600];
test.each(
	SIZES.flatMap((width) => (['light', 'dark'] as const).map((way) => [width, way] as const)),
)('%d px wide and %s, everything is on the screen, and can be read', async (width, colorScheme) => {
	const tab = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
	await tab.setContent(page);
	const seen: unknown = await tab.evaluate(LOOK);
	expect(seen).toEqual({ beside: [], isWide: false, isLightOnDark: colorScheme === 'dark' });
	await tab.close();
});
