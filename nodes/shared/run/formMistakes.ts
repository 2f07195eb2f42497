import type { IExecuteFunctions, INodeParameters, INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { TokenHubError, withFacts } from '../../../core/errors';
import { perObject } from '../../../core/lib/perObject';
import { findModel, models } from '../../../core/models';
import { nearestName } from '../../../core/lib/names';
import { jsonPointer } from '../../../core/lib/jsonPointer';
import { own } from '../../../core/lib/own';
import { locatorField } from '../form/formFields';
import { readForm, termsOf } from '../item/itemReader';
import { nodeOf } from '../item/itemRun';
import { OBJECT, objectInText } from '../item/objectInText';

export type Form = readonly INodeProperties[];

/** How `readInput` reports an input that does not fit its schema. */
const INVALID = /^Invalid ([^:]+): (?:"[^"]*"|the value): /;
const WRONG_KIND = /^(?:Invalid input: )?expected (\w+), received (\w+)$/;
/** The same if the form has no value. */
const NOTHING = /^expected (\w+), and there is nothing$/;
/** A schema, and what only the form of an extraction has instead. */
const OF_SCHEMA = /^The extraction schema/;
const OTHER_SOURCE = /: did you mean the Schema Source.*$/;
/** zod's messages about a bound, and about the only values that are possible. */
const BOUND = /^Too (small|big): expected (\w+) to (?:be|have) ([<>]=?)(-?[\d.]+)(?: \w+)?$/;
const ONLY = /^Invalid (?:input|option): expected (?:one of )?/;
const KINDS: Record<string, string> = {
	...{ string: 'a text', array: 'a list', object: 'an object', record: 'an object' },
	...{ number: 'a number', boolean: 'true or false', NaN: 'not one', null: 'nothing' },
	...{ Date: 'a date', DateTime: 'a date' },
};

/** An error about an input, with the field's label in the form. */
export function inFormWords(error: TokenHubError, form: Form): TokenHubError {
	const [first] = error.details.failures ?? [];
	const [, subject = ''] = INVALID.exec(error.message) ?? [];
	const labels = labelsOf(form);
	const schema = labels.get('outputSchema');
	if (error.kind === 'badConfig' && schema !== undefined && OF_SCHEMA.test(error.message)) {
		const message = error.message.replace(OF_SCHEMA, schema).replace(OTHER_SOURCE, '.');
		return withFacts(error, { message });
	}
	if (error.kind !== 'badConfig' || !first || subject === '') return error;
	const steps = first.path.split('/').slice(1).map(plainStep);
	const isText = subject.endsWith('(JSON)');
	// A part of a request may be a field of its own: `chunk.size` is Chunk Size.
	const joined = steps
		.join('-')
		.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
	const whole = labels.get(joined);
	const apart = whole === undefined ? steps.flatMap((step) => nameOf(step, labels)) : [whole];
	const named = isText ? [subject, ...steps] : apart;
	if (named.length === 0) return error;
	const field = named.join(' › ');
	const [, wanted = '', given = ''] =
		WRONG_KIND.exec(first.message) ?? NOTHING.exec(first.message) ?? [];
	if (wanted === '') {
		const said = withLabels(first.message, labels)
			.replace(BOUND, (_, ...bound: string[]) => `${field} ${boundInWords(bound)}`)
			.replace(ONLY, `${field} must be `);
		const message = said.startsWith(field) ? `${said}.` : `${field}: ${said}.`;
		const more = said.includes("hasn't been executed") ? UNEXECUTED : '';
		return withFacts(error, { message, hint: `Open the node and correct ${field}.${more}` });
	}
	const kind = KINDS[wanted] ?? wanted;
	const inside = given === 'object' || given === 'array' ? AS_TEXT : '';
	return withFacts(error, {
		message: `${field} must be ${kind}, but is ${given === '' ? 'empty' : (KINDS[given] ?? 'an object')}.`,
		hint: `${CHANGE} ${kind}${wanted === 'string' ? inside : ''}.`,
	});
}

const CHANGE = 'Change the field, or its expression, so that it returns';
const AS_TEXT = ': of a list or an object, for example with {{ JSON.stringify($json.field) }}';
const UNEXECUTED = ' An expression can only read nodes that run before this one: connect them so.';

function boundInWords([size, kind, sign = '', bound = '']: string[]): string {
	const least = size === 'small' ? 'least' : 'most';
	if (kind === 'array')
		return `must have at ${least} ${bound} ${bound === '1' ? 'entry' : 'entries'}`;
	if (sign.endsWith('=')) return `must be at ${least} ${bound}`;
	return `must be ${size === 'small' ? 'more' : 'less'} than ${bound}`;
}

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
export function checkTexts(context: IExecuteFunctions, itemIndex: number, form: Form): void {
	const seen = emptied(context);
	seen.items += 1;
	const json = context.getInputData()[itemIndex]?.json;
	for (const { words, valueIn, label } of termsOfTexts(nodeOf(context).parameters)) {
		const value = valueIn(json);
		if (value !== undefined && value !== null && value !== '') continue;
		const term = `${words} in ${label}`;
		seen.terms.set(term, (seen.terms.get(term) ?? 0) + 1);
	}
	const found = objectInText(context, itemIndex);
	if (!found) return;
	const labels = labelsOf(form);
	const field = found.path.map(plainStep).flatMap((step) => nameOf(step, labels));
	const given = found.words === undefined ? OBJECT : `${found.words}, which is an object, not text`;
	const message = `The field "${field.join(' › ')}" contains ${given}.`;
	const inner = found.words?.replace(/^\{\{\s*|\s*\}\}$/g, '') ?? '…';
	throw new TokenHubError('badConfig', message, {
		hint: `Write {{ JSON.stringify(${inner}) }}, or name a field inside it.`,
		failures: [{ path: jsonPointer(found.path), message: 'it is an object' }],
	});
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
