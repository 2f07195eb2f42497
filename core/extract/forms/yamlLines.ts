import { isAbbreviation } from '../../json/abbreviation';

export interface Line {
	indent: number;
	text: string;
}

/** The lines that say something; undefined for what no simple YAML has. */
export function yamlLines(text: string): Line[] | undefined {
	const lines = text.split('\n').map((line) => line.trimEnd());
	if (lines.some((line) => /^\s*\t/.test(line))) return undefined;
	const comments = lines.filter((line) => /^\s*#/.test(line));
	if (comments.some((line) => isAbbreviation(line.replace(/^\s*#+/, '')))) return undefined;
	return lines
		.filter((line) => line !== '' && line !== '---' && !/^\s*#/.test(line))
		.map((line) => ({ indent: line.length - line.trimStart().length, text: line.trimStart() }));
}

/** `[a, b]` of plain words, as YAML has it. */
export function flowList(said: string): string[] | undefined {
	const inner = /^\[([^[\]{}"'#]*)\]$/.exec(said)?.[1];
	return inner?.split(',').map((word) => word.trim());
}
