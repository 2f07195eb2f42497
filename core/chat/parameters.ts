import { z } from 'zod/v4';
import { DEFAULT_MODEL } from '../models';
import { own } from '../own';
import { isBlank } from '../text';
import { functionToolSchema, toolChoiceSchema } from './toolCalls';

/** A field that the forms of all nodes have for a parameter. */
export type Field = { label: string; description: string } & (
	| { kind: 'number'; min: number; max?: number; decimals?: number; shown: number }
	| { kind: 'list'; add: string }
	| { kind: 'text' }
);

/** All that is known of one parameter of a request; its comment is what the docs say of it. */
interface Parameter {
	/** Its name on the wire. */
	wire: string;
	/** What may be given, and what stands for nothing given. */
	schema: z.ZodType;
	/** Whether a request is still the same task without it, where a model refuses it. */
	mayBeDropped: boolean;
	/** Missing where nodes have fields of their own for it. */
	field?: Field;
}

/** TokenHub's default as well: an answer is never cut where the caller did not say so. */
export const DEFAULT_MAX_TOKENS = 1024;
export const MOST_STOPS = 4;
const SHARE = { min: 0, max: 1 };
const BLANK_STOP = 'a stop sequence is empty or blank: Claude refuses it';

/** Fields of their own in the forms, above the options. */
const MODEL_AND_LENGTH = {
	/** An id of the price list, with or without `anthropic/`, or any other id: it is sent as it is. */
	model: {
		wire: 'model',
		mayBeDropped: false,
		schema: z.string().min(1, 'choose a model').default(DEFAULT_MODEL),
	},
	/** The longest answer allowed, in tokens. Always sent. */
	maxTokens: {
		wire: 'max_tokens',
		mayBeDropped: false,
		schema: z
			.number()
			.int('maxTokens must be a whole number')
			.min(1, 'maxTokens must be at least 1')
			.default(DEFAULT_MAX_TOKENS),
		field: {
			label: 'Maximum Number of Tokens',
			description:
				'The maximum length of the answer, in tokens (about four characters each). You pay only for tokens that the model writes.',
			kind: 'number',
			min: 1,
			shown: DEFAULT_MAX_TOKENS,
		},
	},
} as const satisfies Record<string, Parameter>;

/** Options of every request, in the forms of all nodes. */
export const SAMPLING_OPTIONS = {
	/** Lower is more predictable. With `topP` it is refused. */
	temperature: {
		wire: 'temperature',
		mayBeDropped: true,
		schema: between('temperature', SHARE).optional(),
		field: {
			label: 'Sampling Temperature',
			description:
				'From 0 to 1; lower is more predictable. Use this or Top P, not both: TokenHub refuses the pair.',
			kind: 'number',
			...SHARE,
			decimals: 2,
			shown: 1,
		},
	},
	/** Only the likeliest words, up to this share. With `temperature` it is refused. */
	topP: {
		wire: 'top_p',
		mayBeDropped: true,
		schema: between('topP', SHARE).optional(),
		field: {
			label: 'Top P',
			description:
				'Considers only the most likely words, up to this share of probability. Use this or Sampling Temperature, not both.',
			kind: 'number',
			...SHARE,
			decimals: 2,
			shown: 1,
		},
	},
	/** The answer ends before any of these texts: at most 4, none of blanks alone. */
	stop: {
		wire: 'stop',
		mayBeDropped: true,
		schema: z
			.array(z.string().refine((text) => !isBlank(text), BLANK_STOP))
			.max(MOST_STOPS, `at most ${MOST_STOPS} stop sequences`)
			.optional(),
		field: {
			label: 'Stop Sequences',
			description: `The answer stops before any of these texts. At most ${MOST_STOPS}.`,
			kind: 'list',
			add: 'Add Stop Sequence',
		},
	},
	/** Your own id of the end user, for tracking in TokenHub. */
	user: {
		wire: 'user',
		mayBeDropped: true,
		schema: z.string().optional(),
		field: {
			label: 'User ID',
			description: 'Your own ID for the end user, for tracking in TokenHub',
			kind: 'text',
		},
	},
} as const satisfies Record<string, Parameter & { field: Field }>;

/** What steers the answer, common to chat, tool loop and extraction. */
export const SAMPLING = { ...MODEL_AND_LENGTH, ...SAMPLING_OPTIONS };

/** All parameters of a chat, without its messages. What chat has beyond the others, nodes ask for in their own way. */
export const PARAMETERS = {
	...SAMPLING,
	/** Tools that the model may call; the calls are returned as `toolCalls`. */
	tools: {
		wire: 'tools',
		mayBeDropped: false,
		schema: z.array(functionToolSchema).optional(),
	},
	/** Sent with `tools` only; without it, the model decides. */
	toolChoice: {
		wire: 'tool_choice',
		mayBeDropped: true,
		schema: toolChoiceSchema.optional(),
	},
	/** `jsonObject` asks for JSON; say in a message which. */
	responseFormat: {
		wire: 'response_format',
		mayBeDropped: true,
		schema: z.enum(['text', 'jsonObject']).optional(),
	},
} as const satisfies Record<string, Parameter>;

/** The same under the names of other clients, or in another place. */
const ELSEWHERE: Record<string, string> = {
	...Object.fromEntries(Object.entries(PARAMETERS).map(([key, { wire }]) => [wire, key])),
	...{ stop_sequences: 'stop', stopSequences: 'stop', metadata: 'user', user_id: 'user' },
	...{ max_completion_tokens: 'maxTokens', max_output_tokens: 'maxTokens', input: 'messages' },
	...{ maxOutputTokens: 'maxTokens', modelId: 'model' },
	...{ system: 'messages, role "system"', instructions: 'messages, role "system"' },
};

/** What is said of keys that no parameter has, with the one that is meant. */
export function unknownKeys({ code, keys }: { code?: string; keys?: readonly string[] }) {
	if (code !== 'unrecognized_keys' || !keys) return undefined;
	const meant = keys.map((key) => {
		const known = own(ELSEWHERE, key);
		return known === undefined ? `"${key}"` : `"${key}" (here: ${known})`;
	});
	return `Unrecognized key${keys.length > 1 ? 's' : ''}: ${meant.join(', ')}`;
}

function between(name: string, { min, max }: { min: number; max: number }) {
	const message = `${name} must be between ${min} and ${max}`;
	return z.number({ error: message }).min(min, message).max(max, message);
}

type Rows = typeof PARAMETERS;
export type ParameterKey = keyof Rows;
/** What each parameter is on the wire, where it is sent as it was given. */
export type WireValues = {
	-readonly [Key in ParameterKey as Rows[Key]['wire']]?: z.output<Rows[Key]['schema']>;
};
/** Names on the wire of what can be left out. */
export type Droppable = {
	[Key in ParameterKey]: Rows[Key]['mayBeDropped'] extends true ? Rows[Key]['wire'] : never;
}[ParameterKey];

/** The shape of an object with these rows as its keys. */
export function shapeOf<Of extends Record<string, { schema: z.ZodType }>>(
	rows: Of,
): { -readonly [Key in keyof Of]: Of[Key]['schema'] };
export function shapeOf(rows: Record<string, { schema: z.ZodType }>): Record<string, z.ZodType> {
	return Object.fromEntries(Object.entries(rows).map(([key, { schema }]) => [key, schema]));
}

/** Of these two, a request has at most one: TokenHub refuses the pair. */
export const NEVER_BOTH = ['temperature', 'topP'] as const satisfies readonly ParameterKey[];
type Pair = { [Key in (typeof NEVER_BOTH)[number]]?: unknown };
export const hasOneOfPair = (values: Pair) => NEVER_BOTH.some((key) => values[key] === undefined);
export const PAIR_REFUSAL = {
	path: [NEVER_BOTH[1]],
	message: `set ${NEVER_BOTH.join(' or ')}, never both`,
};
