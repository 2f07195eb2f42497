import { emptyTerms } from './formMistakes';
import { forErrorOutput } from './nodeError';
import type { IExecuteFunctions, ISupplyDataFunctions, INodeExecutionData } from 'n8n-workflow';
import { perObject } from '../../../core/lib/perObject';
import { LIMITS, type StopReason } from '../../../core/toolLoop/loopRequest';
import { isRepairWarning } from '../../../core/chat/repair/notes';
import { isRecord } from '../../../core/lib/isRecord';
import { isFileWarning } from '../item/fileParts';
import { readsItem } from '../item/itemExpressions';
import { runOptionProperties } from '../form/runOptions';
import { nodeOf } from '../item/itemRun';

const warnings = perObject<IExecuteFunctions | ISupplyDataFunctions, Set<string>>(() => new Set());

/** A line under the node's output, for the person who looks at the run; the same words stand there once. */
export function warn(context: IExecuteFunctions | ISupplyDataFunctions, message: string): void {
	const said = warnings(context);
	// A node that is used as a tool has no output pane.
	if (said.has(message) || !('addExecutionHints' in context)) return;
	said.add(message);
	context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
}

/** What was said in one call of the node: n8n drops it where the call ends in a request to its engine. */
export function warningsOf(context: IExecuteFunctions): string[] {
	return [...warnings(context)];
}

const LIMIT_REASONS: readonly StopReason[] = [...LIMITS, 'truncated'];

/** What a person should know of a run, counted over its items: one line each. */
const LINES: Array<[words: (count: string) => string, holds: (json: object) => boolean]> = [
	[
		(count) =>
			`Answers cut off by Maximum Number of Tokens: ${count}. Raise it, or turn on Auto Continue.`,
		(json) => is(json, 'finishReason', 'length'),
	],
	[
		(count) => `Items ended by a budget: ${count}.`,
		(json) => is(Reflect.get(json, 'details'), 'kind', 'budget'),
	],
	[
		(count) => `Loops ended by a limit: ${count}. Each says which in "stopReason".`,
		(json) => LIMIT_REASONS.some((reason) => is(json, 'stopReason', reason)),
	],
	[
		(count) => `Answers by a fallback model: ${count}. Each says why in "fallbacks".`,
		(json) => 'fallbacks' in json,
	],
	[
		(count) =>
			`Conversations that were repaired before sending: ${count}. Each says how in "warnings".`,
		(json) => {
			const warnings: unknown = Reflect.get(json, 'warnings');
			return Array.isArray(warnings) && warnings.some(isRepairWarning);
		},
	],
	[
		(count) => `Items with files that could not be sent: ${count}. Each names them in "warnings".`,
		(json) => {
			const warnings: unknown = Reflect.get(json, 'warnings');
			return Array.isArray(warnings) && warnings.some(isFileWarning);
		},
	],
];

function warnAboutRun(context: IExecuteFunctions, outputs: readonly object[]): void {
	const common = optionsOfFirstItem(context);
	if (common.length > 0) {
		const words = `Options for the whole run, read from the first item only: ${common.join(', ')}.`;
		warn(context, words);
	}
	const plain = bracesAsText(context);
	if (plain.length > 0) {
		const words = `{{ … }} was sent as plain text by: ${plain.join(', ')}. Switch the field from Fixed to Expression.`;
		warn(context, words);
	}
	for (const words of emptyTerms(context)) warn(context, words);
	for (const [words, holds] of LINES) {
		const count = outputs.filter(holds).length;
		if (count > 0) warn(context, words(`${count} of ${outputs.length}`));
	}
	warnOfLoops(context, outputs);
}

/** What loops say of their tools: once for all items. */
function warnOfLoops(context: IExecuteFunctions, outputs: readonly object[]): void {
	const lines = new Set(
		outputs.flatMap((json) => {
			const warnings: unknown = 'stopReason' in json ? Reflect.get(json, 'warnings') : undefined;
			return Array.isArray(warnings) ? warnings.map(String).filter(isOfTool) : [];
		}),
	);
	if (lines.size > 0) warn(context, [...lines].join('\n'));
}

function isOfTool(line: string): boolean {
	return /^(?:The tool|tools?) ?[":]/.test(line);
}

function is(json: unknown, key: string, value: string): boolean {
	return isRecord(json) && json[key] === value;
}

/** Options of the whole run with an expression that may have another value for another item. */
function optionsOfFirstItem(context: IExecuteFunctions): string[] {
	if (context.getInputData().length < 2) return [];
	const options: unknown = nodeOf(context).parameters.options;
	if (!isRecord(options)) return [];
	return runOptionProperties.flatMap(({ name, displayName }) =>
		readsItem(options[name]) ? displayName : [],
	);
}

/** Top-level fields that hold n8n's expression syntax without being expressions. */
function bracesAsText(context: IExecuteFunctions): string[] {
	const { parameters } = nodeOf(context);
	return Object.entries(parameters).flatMap(([name, value]) =>
		typeof value === 'string' && /^(?!=)[^]*\{\{\s*\$\w/.test(value) ? [labelOf(name)] : [],
	);
}

/** As the form shows it: "System Message" for `systemMessage`. */
function labelOf(name: string): string {
	return name.replace(/^[a-z]|(?=[A-Z])/g, (letter) => letter.toUpperCase() || ' ');
}

/** The output of a run that is over, after a word on what a person should know of its results. */
export function endRun(
	context: IExecuteFunctions,
	results: readonly object[],
	items: INodeExecutionData[],
): INodeExecutionData[] {
	warnAboutRun(context, results);
	return forErrorOutput(context, items);
}
