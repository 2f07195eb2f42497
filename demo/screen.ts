import { Format, Presets } from 'cli-progress';
import { styleText } from 'node:util';
import type { NodeEvent } from './engine';

export type Paint = (style: 'green' | 'red' | 'dim' | 'bold', text: string) => string;

export interface Screen {
	write(text: string): void;
	isTTY: boolean;
	columns: number;
}

/** Colours are for terminals only, and NO_COLOR turns them off there too. */
export function paintFor({ isTTY }: Screen, env: NodeJS.ProcessEnv): Paint {
	const plain = !isTTY || Boolean(env.NO_COLOR);
	return (style, text) => (plain ? text : styleText(style, text, { validateStream: false }));
}

/** `$0.0027`: cents are too coarse for a single call. */
export function usd(amount: number | null): string {
	if (amount === null) return 'unknown';
	return `$${amount.toFixed(amount >= 1 ? 2 : amount === 0 ? 0 : 5)}`;
}

export const seconds = (ms: number): string =>
	ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;

export const counted = (count: number, noun: string): string =>
	`${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;

export interface Progress {
	onNode(this: void, event: NodeEvent): void;
	finish(this: void, ok: boolean): void;
}

/** Twenty characters wide. */
function barOf(items: number, of: number): string {
	const { shades_classic: shades } = Presets;
	const barsize = 20;
	return Format.BarFormat(items / of, {
		...{ ...shades, barsize, barGlue: '' },
		barCompleteString: shades.barCompleteChar?.repeat(barsize),
		barIncompleteString: shades.barIncompleteChar?.repeat(barsize),
	});
}

const CLEAR_LINE = '\r\u001b[2K';

/** Shows one workflow's progress: as a live line on a terminal, otherwise as plain lines. */
export function startProgress(screen: Screen, name: string): Progress {
	return screen.isTTY ? liveLine(screen, name) : plainLines(screen, name);
}

function plainLines(screen: Screen, name: string): Progress {
	const startedAt = Date.now();
	screen.write(`${name}\n`);
	return {
		onNode({ node, phase, items = 0 }) {
			if (phase === 'finished') screen.write(`  ${node}: ${counted(items, 'item')}\n`);
		},
		finish(ok) {
			screen.write(`  ${ok ? 'ok' : 'failed'}, ${seconds(Date.now() - startedAt)}\n`);
		},
	};
}

function liveLine(screen: Screen, name: string): Progress {
	const startedAt = Date.now();
	let running = '';
	let bar = '';
	const show = () => {
		const line = `… ${name}${running && ` · ${running}`}${bar} · ${seconds(Date.now() - startedAt)}`;
		// A wrapped line could not be cleared again.
		screen.write(CLEAR_LINE + line.slice(0, screen.columns - 1));
	};
	show();
	const timer = setInterval(show, 100);
	return {
		onNode({ node, phase, items = 0, of = 0 }) {
			if (phase === 'started') running = node;
			bar = phase === 'running' ? ` ${barOf(items, of)} ${items} of ${of}` : '';
			show();
		},
		finish(ok) {
			clearInterval(timer);
			const line = `${ok ? '✔' : '✘'} ${name} · ${seconds(Date.now() - startedAt)}`;
			screen.write(`${CLEAR_LINE}${line.slice(0, screen.columns - 1)}\n`);
		},
	};
}
