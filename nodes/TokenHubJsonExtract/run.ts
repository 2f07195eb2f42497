import type { z } from 'zod/v4';
import { extract } from '../../core/extract/extract';
import type { ExtractOptionsInput } from '../../core/extract/extractRequest';
import { readTarget } from '../../core/extract/targetSchema';
import { countsOf, markSteps, scoresOf, type Mark } from '../../core/evaluate/score';
import { inTurns } from '../../core/lib/steps';
import { textFacts } from '../../core/read/textFacts';
import { shownBy } from '../shared/run/output';
import { usedAsTool } from '../shared/form/asTool';
import { readForm } from '../shared/item/itemReader';
import { fileWarnings } from '../shared/item/fileParts';
import { readFiles } from '../shared/item/files';
import type { Askable } from '../shared/run/findResult';
import type { ItemWork } from '../shared/run/runItems';
import { assertListAt } from './itemsPath';
import { resultSchema, shapeOutput } from './outputShape';
import { form, schemaFields, toExtractInput, type ExtractInput } from './parameters';
import { routeItems } from './routeItems';
import { nodeOf } from '../shared/item/itemRun';

interface Asked extends Askable, Pick<ExtractInput, 'output' | 'expected'> {
	request: ExtractOptionsInput & { text: string };
	/**
	 * Whether a part of the text comes from files: evidence refers to it, and nothing else contains it.
	 */
	hasFileText: boolean;
	/** Files that could not be sent. */
	warnings: string[];
}

/** One item: a text, and the values extracted from it. */
export const extractWork: ItemWork<Asked, z.output<typeof resultSchema>> = {
	schema: resultSchema,
	async read(place) {
		const { context, itemIndex } = place;
		const values = readForm(context, itemIndex, form);
		const { request: given, output, images: sources, expected } = toExtractInput(values);
		if (output.outputMode === 'items') {
			assertListAt(output.itemsPath, readTarget(given.schema).schema);
		}
		const read = await readFiles(place, { sources, option: 'Images and PDFs' });
		const { images, texts } = read;
		const parts = [given.text ?? '', ...texts.map((file) => file.text)];
		const text = parts.filter((part) => part.trim() !== '').join('\n\n');
		// Saved by 1.0.0: such an answer was given up.
		const isFirst = nodeOf(context).typeVersion === 1;
		const cutAnswers = given.cutAnswers ?? (isFirst ? 'fail' : 'finish');
		const request = { ...given, text, images, cutAnswers };
		return {
			...{ request, output, expected, warnings: fileWarnings(read) },
			...{ hasFileText: texts.length > 0, options: values.options },
			// A schema may contain code: the fields that define it are JSON.
			madeOf: { ...request, schema: schemaFields(values) },
		};
	},
	async ask({ client, signal, budgetUsd: maxCostUsd }, { request }) {
		return { ...(await extract(client, { ...request, maxCostUsd }, { signal })) };
	},
	complete: ({ warnings }, result) => ({
		...result,
		warnings: [...result.warnings, ...warnings],
	}),
	async show({ context, itemIndex }, { request, output, expected, hasFileText }, result) {
		const { text, evidence } = request;
		const whole = hasFileText && evidence ? { text } : {};
		const scored = expected === undefined ? {} : await comparedWith(expected, result.output, text);
		const given = context.getInputData()[itemIndex]?.json ?? {};
		// An agent knows what it has said.
		const input = usedAsTool(context) ? {} : given;
		return shapeOutput({ ...result, ...whole, ...scored }, output, {
			input,
			show: shownBy(context),
		});
	},
	route: routeItems,
};

/** What an item with Expected says about its result. */
export interface Scored {
	/** F1, from 0 to 1. */
	score: number;
	differences: Mark[];
}

/** With the code of `evaluate`: a number here is the same number there. */
async function comparedWith(expected: unknown, output: unknown, text: string): Promise<Scored> {
	const facts = text === '' ? undefined : textFacts(text);
	const marks = await inTurns(markSteps(expected, output, facts));
	const differences = marks.filter(({ verdict }) => verdict !== 'right');
	return { score: scoresOf(countsOf(marks)).f1, differences };
}
