import type { IDisplayOptions, INodeProperties, NodeHint } from 'n8n-workflow';
import { MOST_STOPS, NEVER_BOTH, PARAMETERS } from '../../core/chat/parameters';
import { findModel } from '../../core/models';

type Condition = NonNullable<IDisplayOptions['show']>[string];
const exists: Condition = [{ _cnd: { exists: true } }];

function notice(name: string, displayName: string, show: IDisplayOptions['show']): INodeProperties {
	return { displayName, name, type: 'notice', default: '', displayOptions: { show } };
}

const priceWords = (id: string) => {
	const known = findModel(id);
	return known ? `$${known.inputUsd} and $${known.outputUsd}` : 'less';
};

/** Below the model: what a choice costs. */
export const modelNotice = notice(
	'opusNotice',
	`Opus costs ${priceWords('claude-opus-4-7')} per million tokens in and out (Opus 4: ${priceWords('claude-4-opus')}), Sonnet ${priceWords('claude-sonnet-4-6')}, Haiku ${priceWords('claude-haiku-4-5')}.`,
	{ '/model': [{ _cnd: { includes: 'opus' } }] },
);

const pairLabels = NEVER_BOTH.map((key) => PARAMETERS[key].field.label);

/** Above the options: what TokenHub refuses, said while the form is filled in. */
export const optionNotices: INodeProperties[] = [
	notice(
		'samplingNotice',
		`TokenHub refuses ${pairLabels.join(' together with ')}: remove one of them.`,
		Object.fromEntries(NEVER_BOTH.map((key) => [`/options.${key}`, exists])),
	),
	notice(
		'stopNotice',
		`TokenHub accepts at most ${MOST_STOPS} stop sequences: remove the others.`,
		{ [`/options.stop[${MOST_STOPS}]`]: exists },
	),
];

/** Before anything is paid for: an expression that would be sent as it stands. */
export const bracesHint: NodeHint = {
	message:
		'{{ … }} will be sent as plain text. Switch the field from <b>Fixed</b> to <b>Expression</b>.',
	type: 'warning',
	location: 'outputPane',
	whenToDisplay: 'beforeExecution',
	displayCondition:
		'={{ ["prompt", "text", "systemMessage", "instructions"].some((name) => /^(?!=)[^]*\\{\\{\\s*\\$/.test($rawParameter[name] ?? "")) }}',
};
