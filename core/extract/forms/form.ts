import type { Comments } from '../../json/comments';
import type { SourceNumbers } from '../../json/sourceNumbers';
import type { JsonSchema } from '../../schema/jsonSchema';
import type { ListPlace } from './fields';

/** A form other than JSON, as it stands in a text. */
export interface Form {
	/** As warnings have it. */
	name: string;
	/** Undefined where it has no one reading. */
	value: unknown;
	/** Each leniency that reading it took, beside the name of the form. */
	notes?: string[];
	numbers?: SourceNumbers;
	/** What is said in comments. */
	comments?: Comments;
	/** Why it has no value. */
	reason?: string;
}

/** What a form is read for. */
export interface FormTerms {
	root: JsonSchema;
	/** Where records go; undefined where the schema has no one place for them. */
	place: ListPlace | undefined;
}

/** The form that a text is, if it is one. */
export type FormReader = (text: string, terms: FormTerms) => Form | undefined;
