import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import { TokenHubError, withFacts } from '../../core/errors';
import { findModel, models } from '../../core/models';
import { nearestName } from '../../core/names';
import { own } from '../../core/own';
import { locatorField } from './formFields';
import { readForm } from './itemReader';

/** Fields that are sent as text. */
const TEXTS = { prompt: 'Prompt', text: 'Text', systemMessage: 'System Message' };
/** An expression that stands for a whole file, or for all of them. */
const WHOLE_FILE = /\{\{\s*\$binary(?:\.[\w$]+|\[\s*(?:'[^']*'|"[^"]*")\s*\])?\s*\}\}/;

/**
 * A file is not text: what n8n writes in its place would be paid for, and say nothing.
 * @throws TokenHubError `badConfig` that names the field.
 */
export function assertNoFileAsText(context: Pick<IExecuteFunctions, 'getNode'>): void {
	const { parameters, type } = context.getNode();
	for (const [name, label] of Object.entries(TEXTS)) {
		const raw = own(parameters, name);
		const [expression] =
			typeof raw === 'string' && raw.startsWith('=') ? (WHOLE_FILE.exec(raw) ?? []) : [];
		if (expression === undefined) continue;
		const option = /JsonExtract/i.test(type) ? 'Images and PDFs' : 'Images and Files';
		const message = `The field "${label}" holds ${expression}, which is a file and no text.`;
		throw new TokenHubError('badConfig', message, {
			hint: `Take it out of ${label}, and name the binary field in the option ${option}.`,
			failures: [{ path: `/${name}`, message: 'it is a file' }],
		});
	}
}

const modelForm = z.object({ model: locatorField });

/** A model that is not there, with the one that was most likely meant. */
export function withNearestModel(
	error: TokenHubError,
	context: IExecuteFunctions,
	itemIndex: number,
): TokenHubError {
	if (error.kind !== 'notFound') return error;
	const { model } = readForm(context, itemIndex, modelForm);
	if (findModel(model)) return error;
	const names = models.flatMap(({ id, shortName }) => [id, shortName]);
	const nearest = nearestName(model, names);
	const guess = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
	return withFacts(error, {
		hint: `"${model}" is not in TokenHub's price list.${guess} Choose the Model from the list, or check the Base URL of the credential.`,
	});
}
