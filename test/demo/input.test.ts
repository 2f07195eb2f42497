import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HELP, readArguments, readItems, UsageError } from '../../demo/input';
import { findWorkflows } from '../../demo/findWorkflows';

const folder = mkdtempSync(join(tmpdir(), 'demo-input-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: unknown): string {
	const path = join(folder, name);
	writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
	return path;
}

const workflow = (id: string, trigger: string) => ({
	id,
	name: `The ${id}`,
	nodes: [{ name: 'Start', type: `n8n-nodes-base.${trigger}` }],
	connections: {},
});

describe('arguments', () => {
	it('are workflows, --input and --json', () => {
		expect(readArguments([])).toEqual({ workflows: [], json: false, help: false });
		expect(readArguments(['a.json', '--input', 'i.json', '--json'])).toMatchObject({
			...{ workflows: ['a.json'], input: 'i.json', json: true },
		});
		expect(readArguments(['-h']).help).toBe(true);
		for (const option of ['--input', '--json', '--help']) expect(HELP).toContain(option);
	});

	it('that are wrong give one line', () => {
		expect(() => readArguments(['--inptu', 'x'])).toThrow(/^Unknown option '--inptu'.*--help$/);
		expect(() => readArguments(['--input', 'x.json'])).toThrow(/--input needs a workflow/);
	});
});

describe('items', () => {
	it.each([
		[{ a: 1 }, [{ json: { a: 1 } }]],
		[
			[{ a: 1 }, { json: { b: 2 } }],
			[{ json: { a: 1 } }, { json: { b: 2 } }],
		],
		['\uFEFF[{"a":1}]', [{ json: { a: 1 } }]],
	])('are read from %j', (content, expected) => {
		expect(readItems(file('items.json', content))).toEqual(expected);
	});

	it.each([
		['{"a":', /items\.json: is not JSON/],
		['[]', /the list is empty/],
		['[{"a":1}, 5]', /entry 1 is not an object/],
		['"text"', /entry 0 is not an object/],
	])('%s is refused in one line', (content, expected) => {
		const path = file('items.json', content);
		expect(() => readItems(path)).toThrow(UsageError);
		expect(() => readItems(path)).toThrow(expected);
		expect(() => readItems(path)).not.toThrow(/\n/);
	});

	it('that are missing are named', () => {
		expect(() => readItems('nowhere.json')).toThrow(/^nowhere\.json: there is no such file$/);
	});
});

describe('workflows', () => {
	beforeAll(() => {
		file('2-second.workflow.json', workflow('second', 'manualTrigger'));
		file('1-first.workflow.json', workflow('first', 'manualTrigger'));
		file('3-called.workflow.json', workflow('called', 'executeWorkflowTrigger'));
		const more = workflow('more', 'manualTrigger');
		const set = { name: 'Set', type: 'n8n-nodes-base.set', parameters: {} };
		file('4-more.workflow.json', { ...more, nodes: [...more.nodes, set] });
	});

	it('are the examples in name order; called ones do not run on their own', () => {
		const { toRun, callable } = findWorkflows([], folder);
		expect(toRun.map(({ name }) => name)).toEqual(['The first', 'The second']);
		expect(callable.map(({ id }) => id)).toContain('called');
	});

	it('with nodes that only n8n has are told apart, unless they are named', () => {
		const { toRun, onlyInN8n } = findWorkflows([], folder);
		expect(toRun).toHaveLength(2);
		expect(onlyInN8n.map((found) => found.file)).toEqual(['4-more.workflow.json']);
		const named = findWorkflows([join(folder, '4-more.workflow.json')], 'none');
		expect(named.toRun).toHaveLength(1);
	});

	it('are those named, and can call their neighbours', () => {
		const { toRun, callable } = findWorkflows([join(folder, '2-second.workflow.json')], 'none');
		expect(toRun.map(({ workflow: { id } }) => id)).toEqual(['second']);
		expect(callable.map(({ id }) => id)).toContain('called');
		const called = findWorkflows([join(folder, '3-called.workflow.json')], 'none');
		expect(called.toRun).toHaveLength(1);
	});

	it('that are none are refused by name and place', () => {
		const path = file('bad.json', { nodes: [{ type: 'x' }] });
		expect(() => findWorkflows([path], folder)).toThrow(
			/bad\.json: not an n8n workflow.*nodes\.0\.name/,
		);
		expect(() => findWorkflows([], join(folder, 'empty'))).toThrow(
			/there is no \*\.workflow\.json/,
		);
	});
});
