import type { Locator } from 'playwright-core';

export interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** Where each of them that is shown stands in the window. */
export async function boxesOf(shown: Locator): Promise<Box[]> {
	const boxes = await Promise.all((await shown.all()).map((each) => each.boundingBox()));
	return boxes.filter((box) => box !== null).filter(({ height }) => height > 0);
}

/** @throws when it is not shown. */
export async function boxOf(shown: Locator): Promise<Box> {
	const [box] = await boxesOf(shown);
	if (!box) throw new Error(`Nothing to see of ${String(shown)}`);
	return box;
}

/** The smallest box around all of them, with a margin. */
export function around(boxes: Box[], margin: number): Box {
	const x = Math.min(...boxes.map((box) => box.x)) - margin;
	const y = Math.min(...boxes.map((box) => box.y)) - margin;
	const right = Math.max(...boxes.map((box) => box.x + box.width)) + margin;
	const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + margin;
	return { x: Math.max(0, x), y: Math.max(0, y), width: right - x, height: bottom - y };
}
