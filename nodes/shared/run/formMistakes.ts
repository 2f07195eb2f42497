import type { IExecuteFunctions, INodeParameters, INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { TokenHubError, withFacts } from '../../../core/errors';
import { perObject } from '../../../core/lib/perObject';
import { findModel, models } from '../../../core/models';
import { nearestName } from '../../../core/lib/names';
import { isRecord } from '../../../core/lib/isRecord';
import { resultOrReason } from '../../../core/messageOf';
import { own } from '../../../core/lib/own';
import { locatorField } from '../form/formFields';
import { readForm, termsOf } from '../item/itemReader';
import { nodeOf } from '../item/itemRun';

export type Form = readonly INodeProperties[];

/** How `readInput` reports an input that does not fit its schema. */
const INVALID = /^Invalid ([^:]+): (?:"[^"]*"|the value): /;
const WRONG_KIND = /^(?:Invalid input: )?expected (\w+), received (\w+)$/;
/** The same if the form has no value. */
const NOTHING = /^expected (\w+), and there is nothing$/;
/** zod's message about a number. */
const BOUND = /^Too (small|big): expected \w+ to be [<>]=(-?[\d.]+)$/;
const KINDS: Record<string, string> = {
	...{ string: 'a text', array: 'a list', object: 'an object', number: 'a number' },
	...{ boolean: 'true or false', NaN: 'no number', null: 'nothing' },
};

/** An error about an input, with the field's label in the form. */
export function inFormWords(error: TokenHubError, form: Form): TokenHubError {
	const [first] = error.details.failures ?? [];
	const [, subject = ''] = INVALID.exec(error.message) ?? [];
	if (error.kind !== 'badConfig' || !first || subject === '') return error;
	const labels = labelsOf(form);
	const steps = first.path.split('/').slice(1).map(plainStep);
	const isText = subject.endsWith('(JSON)');
	const named = isText ? [subject, ...steps] : steps.flatMap((step) => nameOf(step, labels));
	if (named.length === 0) return error;
	const field = named.join(' › ');
	const [, wanted = '', given = ''] =
		WRONG_KIND.exec(first.message) ?? NOTHING.exec(first.message) ?? [];
	if (wanted === '') {
		const said = withLabels(first.message, labels).replace(
			BOUND,
			(_, size: string, bound: string) =>
				`${field} must be at ${size === 'small' ? 'least' : 'most'} ${bound}`,
		);
		const message = said.startsWith(field) ? `${said}.` : `${field}: ${said}.`;
		return withFacts(error, { message, hint: `Open the node and correct ${field}.` });
	}
	const kind = KINDS[wanted] ?? wanted;
	return withFacts(error, {
		message: `${field} must be ${kind}, but is ${given === '' ? 'empty' : (KINDS[given] ?? given)}.`,
		hint: wanted === 'string' ? `${CHANGE} a text: ${AS_TEXT}` : `${CHANGE} ${kind}.`,
	});
}

const CHANGE = 'Change the field, or its expression, so that it returns';
const AS_TEXT = 'of a list or an object, for example with {{ JSON.stringify($json.field) }}.';

/** A step of a JSON pointer; entries are counted from 1, as people do. */
function plainStep(step: string): string {
	if (/^\d+$/.test(step)) return String(Number(step) + 1);
	return step.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** Collections are not fields of their own. */
function nameOf(step: string, labels: ReadonlyMap<string, string>): string[] {
	return step === 'options' || step === 'values' ? [] : [labels.get(step) ?? step];
}

/** Names of fields that cannot be ordinary words. */
function withLabels(message: string, labels: ReadonlyMap<string, string>): string {
	return message.replaceAll(
		/\b(?:temperature|[a-z]+(?:[A-Z][a-z]*)+)\b/g,
		(name) => labels.get(name) ?? name,
	);
}

/** By name; if there are several fields, the first. */
const labelsOf = perObject((form: Form): ReadonlyMap<string, string> => {
	const fields = allFields(form).map(({ name, displayName }) => [name, displayName] as const);
	return new Map(fields.toReversed());
});

function allFields(form: Form): INodeProperties[] {
	const inside = (field: INodeProperties) =>
		(field.options ?? []).flatMap((option) =>
			'values' in option ? option.values : 'type' in option ? option : [],
		);
	return form.flatMap((field) => [field, ...allFields(inside(field))]);
}

/** Fields that are sent as text. */
const TEXTS = { prompt: 'Prompt', text: 'Text', systemMessage: 'System Message' };
/** An expression for a whole file, or for all of them. */
const WHOLE_FILE = /\{\{\s*\$binary(?:\.[\w$]+|\[\s*(?:'[^']*'|"[^"]*")\s*\])?\s*\}\}/;

const termsOfTexts = perObject((parameters: INodeParameters) =>
	Object.entries(TEXTS).flatMap(([name, label]) =>
		termsOf(own(parameters, name)).map((term) => ({ ...term, name, label })),
	),
);

/**
 * Called for each item that is sent. n8n writes an object within text as "[object Object]", which would
 * be paid for and say nothing.
 * @throws TokenHubError `badConfig` that names the field and the expression.
 */
export function checkTexts(context: IExecuteFunctions, itemIndex: number): void {
	const seen = emptied(context);
	seen.items += 1;
	const terms = termsOfTexts(nodeOf(context).parameters);
	const json = terms.length > 0 ? context.getInputData()[itemIndex]?.json : undefined;
	for (const { words, valueIn, name, label } of terms) {
		const value = valueIn(json);
		if (value === undefined || value === null || value === '') {
			const term = `${words} in ${label}`;
			seen.terms.set(term, (seen.terms.get(term) ?? 0) + 1);
		}
		if (!isObjectInWords(value)) continue;
		const message = `The field "${label}" contains ${words}, which is an object, not text.`;
		const inner = words.replace(/^\{\{\s*|\s*\}\}$/g, '');
		throw new TokenHubError('badConfig', message, {
			hint: `Write {{ JSON.stringify(${inner}) }}, or name a field inside it.`,
			failures: [{ path: `/${name}`, message: 'it is an object' }],
		});
	}
}

const inWords = (value: unknown) => resultOrReason(() => String(value));

/** Dates, and other values with their own text form, say something. */
function isObjectInWords(value: unknown): boolean {
	if (Array.isArray(value)) return value.some(isObjectInWords);
	if (!isRecord(value)) return false;
	const said = inWords(value);
	return !said.ok || said.value === '[object Object]';
}

const emptied = perObject<object, { items: number; terms: Map<string, number> }>(() => ({
	items: 0,
	terms: new Map(),
}));

/** Fields of the item that were empty in a text that was sent. */
export function emptyTerms(context: IExecuteFunctions): string[] {
	const { items, terms } = emptied(context);
	return [...terms].map(([term, count]) => `${term} was empty for ${count} of ${items} items.`);
}

const filesInTexts = perObject((parameters: INodeParameters) =>
	Object.entries(TEXTS).flatMap(([name, label]) => {
		const raw = own(parameters, name);
		const isExpression = typeof raw === 'string' && raw.startsWith('=');
		const [expression] = isExpression ? (WHOLE_FILE.exec(raw) ?? []) : [];
		return expression === undefined ? [] : [{ name, label, expression }];
	}),
);

/**
 * A file is not text: what n8n writes instead would be paid for, and say nothing.
 * @throws TokenHubError `badConfig` that names the field.
 */
export function assertNoFileAsText(context: Pick<IExecuteFunctions, 'getNode'>): void {
	const { parameters, type } = nodeOf(context);
	const [found] = filesInTexts(parameters);
	if (!found) return;
	const { name, label, expression } = found;
	const option = /JsonExtract/i.test(type) ? 'Images and PDFs' : 'Images and Files';
	const message = `The field "${label}" contains ${expression}, which is a file, not text.`;
	throw new TokenHubError('badConfig', message, {
		hint: `Remove it from ${label}, and name the binary field in the option ${option}.`,
		failures: [{ path: `/${name}`, message: 'it is a file' }],
	});
}

const modelForm = z.object({ model: locatorField });

/** The error for an unknown model, with the one that was most likely meant. */
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
