import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod/v4';
import { findWorkflows } from '../../demo/findWorkflows';

const ROOT = resolve(__dirname, '../..');
const EXAMPLES = join(ROOT, 'examples');
const COOKBOOK = join(EXAMPLES, 'cookbook');
const files = readdirSync(COOKBOOK).sort();
const page = readFileSync(join(ROOT, 'docs/cookbook.md'), 'utf8');

test('docs/cookbook.md has one section a recipe, with the same parts, and no other', () => {
	const [, ...sections] = page.split(/^## /m);
	const linked = sections.map((text) => /\]\(\.\.\/examples\/cookbook\/([^)]+)\)/.exec(text)?.[1]);
	expect(linked.toSorted()).toEqual(files);
	for (const text of sections) {
		const parts = [...text.matchAll(/^\*\*(.+?)\.\*\*/gm)].map(([, part]) => part);
		expect(parts).toEqual(['Cost', 'Settings', 'Make it yours', 'Look at', 'Pitfalls']);
	}
});

const workflowSchema = z.object({
	id: z.string(),
	nodes: z.array(
		z.looseObject({
			name: z.string(),
			type: z.string(),
			position: z.tuple([z.number(), z.number()]),
			parameters: z.looseObject({
				content: z.string().optional(),
				width: z.number().optional(),
				height: z.number().optional(),
				options: z.looseObject({ maxCostUsd: z.number().optional() }).optional(),
			}),
			onError: z.string().optional(),
		}),
	),
	pinData: z.record(z.string(), z.array(z.object({ json: z.looseObject({}) }))),
});
type RecipeNode = z.output<typeof workflowSchema>['nodes'][number];
const recipes = files.map((file) => ({
	file,
	...workflowSchema.parse(JSON.parse(readFileSync(join(COOKBOOK, file), 'utf8'))),
}));
const isNote = ({ type }: RecipeNode) => type.endsWith('.stickyNote');
const isOurs = ({ type }: RecipeNode) => type.startsWith('n8n-nodes-tokenhub.');

describe.each(recipes)('$file', ({ nodes, pinData }) => {
	test('brings its input, limits its cost and goes on after a failed item', () => {
		// A server of tools starts no run of its own.
		const triggers = nodes.filter(({ type }) => /((?<!mcp)Trigger|\.webhook)$/.test(type));
		expect(Object.keys(pinData)).toEqual(triggers.map(({ name }) => name));
		const ours = nodes.filter(isOurs);
		expect(ours.length).toBeGreaterThan(0);
		for (const { parameters, onError } of ours) {
			expect(parameters.options?.maxCostUsd).toBeGreaterThan(0);
			expect(onError).toMatch(/^continue/);
		}
		expect(nodes.some(({ onError }) => onError === 'continueErrorOutput')).toBe(true);
		expect(nodes.filter(isNote).length).toBeGreaterThan(3);
	});

	test('is drawn without overlaps', () => {
		const boxes = nodes.map(boxOf);
		const pairs = boxes.flatMap((a, at) => boxes.slice(at + 1).map((b) => [a, b] as const));
		const touching = pairs.filter(([a, b]) => overlap(a, b));
		expect(touching.map(([a, b]) => `${a.name} / ${b.name}`)).toEqual([]);
	});
});

test('ids and webhooks are those of one recipe', () => {
	const ids = recipes.flatMap(({ id, nodes }) => [id, ...nodes.map((node) => String(node.id))]);
	expect(new Set(ids).size).toBe(ids.length);
});

test('npm start leaves the cookbook alone', () => {
	const { toRun, onlyInN8n } = findWorkflows([], EXAMPLES);
	const found = [...toRun, ...onlyInN8n].map(({ workflow }) => workflow.id);
	expect(found.filter((id) => recipes.some((recipe) => recipe.id === id))).toEqual([]);
});

interface Box {
	name: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** As n8n draws it, the name below included. */
function boxOf(node: RecipeNode): Box {
	const { name, type, parameters } = node;
	const [left, top] = node.position;
	const wide = type.endsWith('ToolCallLoop') || type.endsWith('HitlTool') ? 256 : 96;
	const { width = wide, height = 96 + LABEL } = parameters;
	return { name, left, top, right: left + width, bottom: top + height };
}
const LABEL = 60;

function overlap(a: Box, b: Box): boolean {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
