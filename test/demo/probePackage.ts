import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A community package of a few nodes in plain JavaScript, written the way npm would install it. */
export function probePackage(): { dir: string; remove(): void } {
	const dir = mkdtempSync(join(tmpdir(), 'probe-package-'));
	const files = {
		'package.json': JSON.stringify(manifest),
		'dist/ProbeApi.credentials.js': credential,
		'dist/Echo.node.js': node('Echo', { usableAsTool: true, credentials: true }, echo),
		'dist/Root.node.js': node('Root', { tools: true }, root),
		'dist/Caller.node.js': node('Caller', {}, caller),
		'dist/Slow.node.js': node('Slow', {}, slow),
		'dist/Fetch.node.js': node('Fetch', { credentials: true }, fetchIt),
	};
	for (const [name, content] of Object.entries(files)) {
		mkdirSync(dirname(join(dir, name)), { recursive: true });
		writeFileSync(join(dir, name), content);
	}
	return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

const names = ['Echo', 'Root', 'Caller', 'Slow', 'Fetch'];
const manifest = {
	name: 'n8n-nodes-probe',
	version: '1.0.0',
	n8n: {
		credentials: ['dist/ProbeApi.credentials.js'],
		nodes: names.map((name) => `dist/${name}.node.js`),
	},
};

const credential = `exports.ProbeApi = class {
	constructor() {
		this.name = 'probeApi';
		this.displayName = 'Probe';
		this.properties = [
			{ displayName: 'Key', name: 'apiKey', type: 'string', default: '' },
			{ displayName: 'URL', name: 'baseUrl', type: 'string', default: 'http://default' },
		];
		this.authenticate = { type: 'generic', properties: {
			headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } } };
	}
};`;

interface Shape {
	usableAsTool?: true;
	credentials?: true;
	tools?: true;
}

function node(name: string, shape: Shape, execute: string): string {
	const inputs = shape.tools ? ['main', { type: 'ai_tool', displayName: 'Tools' }] : ['main'];
	const description = {
		displayName: `Probe ${name}`,
		name: `probe${name}`,
		group: ['transform'],
		version: 1,
		description: `The ${name} of the probe`,
		defaults: { name },
		inputs,
		outputs: ['main'],
		usableAsTool: shape.usableAsTool,
		credentials: shape.credentials ? [{ name: 'probeApi', required: false }] : [],
		properties: [
			{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			{ displayName: 'Needed', name: 'needed', type: 'string', default: 'x', required: true },
		],
	};
	return `class ${name} {
		constructor() { this.description = ${JSON.stringify(description)}; }
		async execute() { ${execute} }
	}
	exports.${name} = ${name};`;
}

/** Fails on the value "bad" the way our nodes do. */
const echo = `
	const { NodeOperationError } = require('${require.resolve('n8n-workflow')}');
	const out = [];
	for (let i = 0; i < this.getInputData().length; i++) {
		const value = this.getNodeParameter('value', i);
		if (value === 'bad' && !this.continueOnFail()) {
			throw new NodeOperationError(this.getNode(), 'Bad value', { itemIndex: i, description: 'Give a good one' });
		}
		const key = this.getNode().credentials ? await this.getCredentials('probeApi') : undefined;
		const json = value === 'bad'
			? { error: 'Bad value', message: 'Bad value', details: { kind: 'badRequest' } }
			: { value, key };
		out.push({ json, pairedItem: { item: i } });
	}
	return [out];`;

const root = `
	const tools = await this.getInputConnectionData('ai_tool', 0);
	const answers = await Promise.all(['one', 'two'].map((value) => tools[0].invoke({ value })));
	return [[{ json: { tool: tools[0].name, from: tools[0].metadata.sourceNodeName, answers } }]];`;

const caller = `
	const { data } = await this.executeWorkflow({ id: this.getNodeParameter('value', 0) }, this.getInputData());
	return [data[0].map((item) => ({ json: { called: item.json }, pairedItem: { item: 0 } }))];`;

const slow = `
	const signal = this.getExecutionCancelSignal();
	await new Promise((resolve) => {
		const timer = setTimeout(resolve, 120000);
		signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); });
	});
	return [this.getInputData()];`;

const fetchIt = `
	const url = this.getNodeParameter('value', 0);
	const json = await this.helpers.httpRequestWithAuthentication.call(this, 'probeApi', { url });
	return [[{ json }]];`;
