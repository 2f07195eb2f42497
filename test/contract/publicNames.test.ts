import type { INodeProperties } from 'n8n-workflow';
import * as library from '../../library';
import * as testing from '../../library/testing';
import { TokenHubApi } from '../../credentials/TokenHubApi.credentials';
import { LmChatTokenHub } from '../../nodes/LmChatTokenHub/LmChatTokenHub.node';
import { TokenHubChatCompletion } from '../../nodes/TokenHubChatCompletion/TokenHubChatCompletion.node';
import { TokenHubJsonExtract } from '../../nodes/TokenHubJsonExtract/TokenHubJsonExtract.node';
import { TokenHubToolCallLoop } from '../../nodes/TokenHubToolCallLoop/TokenHubToolCallLoop.node';

/** Names that other people's workflows and code stand on: changing one breaks them. */

const chat = new TokenHubChatCompletion().description;
const loop = new TokenHubToolCallLoop().description;
const extract = new TokenHubJsonExtract().description;
const model = new LmChatTokenHub().description;
const names = (properties: readonly INodeProperties[]) =>
	properties.filter(({ type }) => type !== 'notice').map(({ name }) => name);
const optionsOf = ({ properties }: { properties: INodeProperties[] }) =>
	(properties.find(({ name }) => name === 'options')?.options ?? []).map(({ name }) => name);
const defaultOf = (properties: readonly INodeProperties[], name: string): unknown =>
	properties.find((property) => property.name === name)?.default;

test('nodes', () => {
	expect([chat, loop, extract, model].map(({ name, displayName }) => [name, displayName])).toEqual([
		['tokenHubChatCompletion', 'TokenHub Chat Completion'],
		['tokenHubToolCallLoop', 'TokenHub Tool Call Loop'],
		['tokenHubJsonExtract', 'TokenHub Structured JSON Extract'],
		['lmChatTokenHub', 'TokenHub Chat Model'],
	]);
	expect(model.outputs).toEqual(['ai_languageModel']);
	expect(names(model.properties)).toEqual(['model', 'options']);
	expect(loop.inputs).toMatchObject([
		'main',
		{ type: 'ai_memory' },
		{ type: 'ai_tool' },
		{ type: 'ai_outputParser' },
	]);
	expect(loop.outputs).toMatchObject([{ type: 'main' }, { displayName: 'Tool Calls' }]);
});

test('main parameters', () => {
	const common = ['model', 'maxTokens', 'options'];
	const inChat = ['inputMode', 'prompt', 'systemMessage', 'messages', 'messagesJson'];
	expect(names(chat.properties)).toEqual(expect.arrayContaining([...common, ...inChat]));
	const inLoop = ['prompt', 'systemMessage', 'tools'];
	expect(names(loop.properties)).toEqual(expect.arrayContaining([...common, ...inLoop]));
	const sources = ['fields', 'jsonExample', 'jsonSchema', 'zodSchema'];
	const inExtract = ['text', 'schemaSource', ...sources, 'instructions'];
	expect(names(extract.properties)).toEqual(expect.arrayContaining([...common, ...inExtract]));
	for (const { properties } of [chat, loop, extract]) {
		expect(defaultOf(properties, 'maxTokens')).toBe(1024);
		expect(defaultOf(properties, 'model')).toMatchObject({ value: 'anthropic/claude-sonnet-4-6' });
	}
});

test('options', () => {
	const shared = [
		'temperature',
		'topP',
		'stop',
		'user',
		'concurrency',
		'maxRetries',
		'timeoutSeconds',
		'fallbackModels',
		'fallbackOn',
		'reuseResults',
		'firstByteTimeoutSeconds',
		'idleTimeoutSeconds',
		'requestsPerMinute',
		'tokensPerMinute',
		'maxCostUsd',
		'prices',
	];
	const own = {
		chat: [
			'resultsWorkflow',
			'resultsKey',
			'tools',
			'toolChoice',
			'responseFormat',
			'stream',
			'images',
			'includeRaw',
			'autoContinue',
			'dryRun',
			'reuseIdentical',
		],
		loop: [
			'maxIterations',
			'maxToolCalls',
			'maxTotalTokens',
			'deadlineSeconds',
			'toolTimeoutSeconds',
			'toolConcurrency',
			'toolResultLimit',
			'toolChoice',
			'repeatLimit',
			'onLimit',
			'contextMode',
			'longResults',
			'outputSchema',
			'resumeFrom',
			'includeMessages',
			'images',
			'imageTools',
			'pinnedTools',
			'checkpointKey',
			'checkpointWorkflow',
			'approveWhen',
			'stopAfterTool',
			'strongerAfterTurns',
			'strongerModel',
			'toolSearch',
			'remember',
			'showToolUse',
		],
		extract: [
			'resultsWorkflow',
			'resultsKey',
			'mode',
			'maxRepairs',
			'escalateTo',
			'expected',
			'chunkSize',
			'chunkOverlap',
			'cutAnswers',
			'evidence',
			'minEvidence',
			'samples',
			'coerce',
			'outputMode',
			'itemsPath',
			'images',
			'includeOtherFields',
		],
	};
	// What is new has its row in `test/fields`.
	expect(optionsOf(chat)).toEqual(expect.arrayContaining([...shared, ...own.chat]));
	expect(optionsOf(loop)).toEqual(expect.arrayContaining([...shared, ...own.loop]));
	expect(optionsOf(extract)).toEqual(expect.arrayContaining([...shared, ...own.extract]));
});

test('option defaults', () => {
	const defaults = Object.fromEntries(
		[chat, loop, extract].flatMap(({ properties }) =>
			(properties.find(({ name }) => name === 'options')?.options ?? []).map((option) => [
				option.name,
				'default' in option ? option.default : undefined,
			]),
		),
	);
	expect(defaults).toMatchObject({
		concurrency: 8,
		maxRetries: 3,
		timeoutSeconds: 300,
		maxIterations: 10,
		toolTimeoutSeconds: 60,
		toolConcurrency: 8,
		repeatLimit: 3,
		onLimit: 'answer',
		contextMode: 'stubs',
		longResults: 'keep',
		maxRepairs: 2,
		coerce: true,
		mode: 'auto',
		outputMode: 'nested',
	});
});

test('the credential', () => {
	const credential = new TokenHubApi();
	expect(credential.name).toBe('tokenHubApi');
	expect(names(credential.properties)).toEqual(['apiKey', 'baseUrl']);
	expect(defaultOf(credential.properties, 'baseUrl')).toBe('https://tokenhub.store/api/v1');
	expect(credential.properties[0]?.typeOptions).toEqual({ password: true });
	expect(credential.authenticate.properties.headers).toEqual({
		Authorization: '=Bearer {{$credentials.apiKey}}',
	});
});

test('the library', () => {
	expect(Object.keys(library)).toEqual(
		expect.arrayContaining([
			'createClient',
			'chat',
			'streamChat',
			'streamExtract',
			'defineTool',
			'toFunctionTool',
			'runToolLoop',
			'extract',
			'classify',
			'models',
			'priceOf',
			'TokenHubError',
			'STOP_REASONS',
			'ERROR_KINDS',
			'forkAt',
			'evaluate',
			'reportHtml',
			'reportMarkdown',
		]),
	);
	expect(testing).toHaveProperty('startGateway');
	expect(library.STOP_REASONS).toEqual([
		'answered',
		'maxIterations',
		'maxToolCalls',
		'tokenBudget',
		'costBudget',
		'deadline',
		'repeatedCalls',
		'stopped',
		'truncated',
		'refused',
		'awaitingTools',
		'awaitingApproval',
		'cancelled',
	]);
	expect(library.ERROR_KINDS).toEqual([
		'auth',
		'credit',
		'rateLimit',
		'overloaded',
		'badRequest',
		'notFound',
		'timeout',
		'network',
		'cancelled',
		'badResponse',
		'refused',
		'truncated',
		'schemaMismatch',
		'toolFailed',
		'budget',
		'badConfig',
		'contextLength',
	]);
});

test('models and prices are those of the price list', () => {
	const prices = library.models.map(({ id, inputUsd, outputUsd }) => [id, inputUsd, outputUsd]);
	expect(prices).toEqual([
		['anthropic/claude-opus-4-7', 5, 25],
		['anthropic/claude-opus-4-6', 5, 25],
		['anthropic/claude-sonnet-4-6', 3, 15],
		['anthropic/claude-haiku-4-5', 1, 5],
		['anthropic/claude-sonnet-4-5', 3, 15],
		['anthropic/claude-opus-4-5', 5, 25],
		['anthropic/claude-4-sonnet', 3, 15],
		['anthropic/claude-4-opus', 15, 75],
		['anthropic/claude-3-5-sonnet-latest', 3, 15],
		['anthropic/claude-3-5-haiku-latest', 0.8, 4],
	]);
});
