import { extract } from '../../core/extract/extract';
import { readTarget } from '../../core/extract/targetSchema';
import { shownBy } from '../shared/run/output';
import { countsOf, markSteps, scoresOf, type Mark } from '../../core/evaluate/score';
import { inTurns } from '../../core/read/inSteps';
import { textFacts } from '../../core/read/textFacts';
import { usedAsTool } from '../shared/form/asTool';
import { readForm } from '../shared/item/itemReader';
import { fileWarnings } from '../shared/item/fileParts';
import { readFiles } from '../shared/item/files';
import type { ItemRun } from '../shared/run/runItems';
import { assertListAt } from './itemsPath';
import { shapeOutput } from './outputShape';
import { form, toExtractInput } from './parameters';

export async function run(item: ItemRun): Promise<object[]> {
	const {
		request,
		output,
		images: files,
		expected,
	} = toExtractInput(readForm(item.context, item.itemIndex, form));
	if (output.outputMode === 'items') {
		assertListAt(output.itemsPath, readTarget(request.schema).schema);
	}
	const read = await readFiles(item, { sources: files, option: 'Images and PDFs' });
	const { images, texts } = read;
	const parts = [request.text ?? '', ...texts.map((file) => file.text)];
	const text = parts.filter((part) => part.trim() !== '').join('\n\n');
	const { client, signal, budgetUsd: maxCostUsd } = item;
	// Saved by 1.0.0: such an answer was given up.
	const isFirst = item.context.getNode().typeVersion === 1;
	const cutAnswers = request.cutAnswers ?? (isFirst ? 'fail' : 'finish');
	const asked = { ...request, text, images, maxCostUsd, cutAnswers };
	const result = await extract(client, asked, { signal });
	// Places are told in this text, and nobody else has it.
	const whole = texts.length > 0 && request.evidence ? { text } : {};
	const given = item.context.getInputData()[item.itemIndex]?.json ?? {};
	// An agent knows what it has said.
	const input = usedAsTool(item.context) ? {} : given;
	const warnings = [...result.warnings, ...fileWarnings(read)];
	const scored = expected === undefined ? {} : await comparedWith(expected, result.output, text);
	const show = shownBy(item.context);
	return shapeOutput({ ...result, ...whole, ...scored, warnings }, output, { input, show });
}

/** What an item with Expected says of its result. */
export interface Scored {
	/** F1, from 0 to 1. */
	score: number;
	differences: Mark[];
}

/** By the code of `evaluate`: a number here is the number there. */
async function comparedWith(expected: unknown, output: unknown, text: string): Promise<Scored> {
	const facts = text === '' ? undefined : textFacts(text);
	const marks = await inTurns(markSteps(expected, output, facts));
	const differences = marks.filter(({ verdict }) => verdict !== 'right');
	return { score: scoresOf(countsOf(marks)).f1, differences };
}
