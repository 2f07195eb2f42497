import { NodeHelpers, type INodeParameters } from 'n8n-workflow';
import { LmChatTokenHub } from '../../nodes/LmChatTokenHub/LmChatTokenHub.node';
import { TokenHubChatCompletion } from '../../nodes/TokenHubChatCompletion/TokenHubChatCompletion.node';
import { TokenHubJsonExtract } from '../../nodes/TokenHubJsonExtract/TokenHubJsonExtract.node';
import { TokenHubToolCallLoop } from '../../nodes/TokenHubToolCallLoop/TokenHubToolCallLoop.node';

const forms = [
	new TokenHubChatCompletion().description,
	new TokenHubToolCallLoop().description,
	new TokenHubJsonExtract().description,
	new LmChatTokenHub().description,
];

const byId = (value: string) => ({ __rl: true, mode: 'list', value });
const sonnet = byId('anthropic/claude-sonnet-4-6');

const cases: Array<[what: string, parameters: INodeParameters, notices: RegExp[]]> = [
	['nothing special', { model: sonnet, options: { temperature: 0.5 } }, []],
	['Opus', { model: byId('anthropic/claude-opus-4-7'), options: {} }, [/Opus costs \$5 and \$25/]],
	[
		'Temperature beside Top P',
		{ model: sonnet, options: { temperature: 0, topP: 0 } },
		[/Sampling Temperature together with Top P/],
	],
	['four stops', { model: sonnet, options: { stop: ['a', 'b', 'c', 'd'] } }, []],
	['five stops', { model: sonnet, options: { stop: ['a', 'b', 'c', 'd', 'e'] } }, [/4 stop/]],
];

describe.each(forms.map((form) => [form.displayName, form] as const))('%s', (_name, form) => {
	test.each(cases)('%s', (_what, parameters, notices) => {
		const shown = form.properties
			.filter(({ type, displayOptions }) => type === 'notice' && displayOptions)
			.filter((property) => NodeHelpers.displayParameter(parameters, property, null, form));
		expect(shown.map(({ displayName }) => displayName)).toEqual(
			notices.map((words) => expect.stringMatching(words)),
		);
	});
});
