import { styleText } from 'node:util';

export type Paint = (style: 'green' | 'red' | 'dim' | 'bold', text: string) => string;

export interface Screen {
	write(text: string): void;
	isTTY: boolean;
	columns: number;
}

/** Colour codes go to a terminal only, and NO_COLOR keeps them away from there too. */
export function paintFor({ isTTY }: Screen, env: NodeJS.ProcessEnv): Paint {
	const plain = !isTTY || Boolean(env.NO_COLOR);
	return (style, text) => (plain ? text : styleText(style, text, { validateStream: false }));
}
