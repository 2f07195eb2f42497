import { z } from 'zod/v4';
import { DEFAULT_MODEL } from '../models';
import { own } from '../lib/own';
import { isBlank } from '../lib/text';
import { functionToolSchema, toolChoiceSchema } from './toolCalls';

/** The field for a parameter in the forms of all nodes. */
export type Field = { label: string; description: string } & (
	| { kind: 'number'; min: number; max?: number; decimals?: number; shown: number }
	| { kind: 'list'; add: string }
	| { kind: 'text' }
);

/** Everything known about one parameter of a request; its comment is its description in the docs. */
interface Parameter {
	/** Its name on the wire. */
	wire: string;
	/** What may be given, and which values mean that nothing is. */
	schema: z.ZodType;
	/** Whether a request is still the same task without it, if a model refuses it. */
	mayBeDropped: boolean;
	/** Missing if the nodes have their own field for it. */
	field?: Field;
}

/** The same as TokenHub's default: no answer is cut off earlier unless the caller says so. */
export const DEFAULT_MAX_TOKENS = 1024;
export const MOST_STOPS = 4;
const SHARE = { min: 0, max: 1 };
const BLANK_STOP = 'a stop sequence is empty or blank: Claude refuses it';

/** These have their own fields in the forms, above the options. */
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
	/** Lower is more predictable. Refused together with `topP`. */
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
	/**
	 * Considers only the most likely words, up to this share of probability. Refused together with
	 * `temperature`.
	 */
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
	/** The answer ends before any of these texts: at most 4, none of them blank. */
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
	/** Your own id for the end user, for tracking in TokenHub. */
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

/** The parameters that chat, tool loop and extraction share. */
export const SAMPLING = { ...MODEL_AND_LENGTH, ...SAMPLING_OPTIONS };

/**
 * All parameters of a chat, without its messages. The nodes have their own fields for those that only
 * chat has.
 */
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
	/** `jsonObject` asks for JSON; describe it in a message. */
	responseFormat: {
		wire: 'response_format',
		mayBeDropped: true,
		schema: z.enum(['text', 'jsonObject']).optional(),
	},
} as const satisfies Record<string, Parameter>;

/** The same parameters under other clients' names, or in another place. */
const ELSEWHERE: Record<string, string> = {
	...Object.fromEntries(Object.entries(PARAMETERS).map(([key, { wire }]) => [wire, key])),
	...{ stop_sequences: 'stop', stopSequences: 'stop', metadata: 'user', user_id: 'user' },
	...{ max_completion_tokens: 'maxTokens', max_output_tokens: 'maxTokens', input: 'messages' },
	...{ maxOutputTokens: 'maxTokens', modelId: 'model' },
	...{ system: 'messages, role "system"', instructions: 'messages, role "system"' },
};

/** The message about unknown keys, with the parameter that was probably meant. */
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
/** Each parameter's value on the wire, if it is sent as it was given. */
export type WireValues = {
	-readonly [Key in ParameterKey as Rows[Key]['wire']]?: z.output<Rows[Key]['schema']>;
};
/** Names on the wire of the parameters that can be left out. */
export type Droppable = {
	[Key in ParameterKey]: Rows[Key]['mayBeDropped'] extends true ? Rows[Key]['wire'] : never;
}[ParameterKey];

/** The shape of an object whose keys are these rows. */
export function shapeOf<Of extends Record<string, { schema: z.ZodType }>>(
	rows: Of,
): { -readonly [Key in keyof Of]: Of[Key]['schema'] };
export function shapeOf(rows: Record<string, { schema: z.ZodType }>): Record<string, z.ZodType> {
	return Object.fromEntries(Object.entries(rows).map(([key, { schema }]) => [key, schema]));
}

/** A request has at most one of these two: TokenHub refuses the pair. */
export const NEVER_BOTH = ['temperature', 'topP'] as const satisfies readonly ParameterKey[];
type Pair = { [Key in (typeof NEVER_BOTH)[number]]?: unknown };
export const hasOneOfPair = (values: Pair) => NEVER_BOTH.some((key) => values[key] === undefined);
export const PAIR_REFUSAL = {
	path: [NEVER_BOTH[1]],
	message: `set ${NEVER_BOTH.join(' or ')}, never both`,
};
