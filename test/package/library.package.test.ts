import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { startGateway, type Gateway } from '../../gateway';
import { runCommand } from '../../server/runCommand';
import { PACKED, ROOT } from './packed';

const CONSUMER = join(__dirname, 'consumer');

let project: string;
let gateway: Gateway;

/** An empty project with the package as npm unpacks it: there is nothing else to install. */
beforeAll(async () => {
	project = mkdtempSync(join(tmpdir(), 'consumer-'));
	writeFileSync(join(project, 'package.json'), '{ "private": true }');
	cpSync(PACKED, join(project, 'node_modules', 'n8n-nodes-tokenhub'), { recursive: true });
	cpSync(CONSUMER, project, { recursive: true });
	gateway = await startGateway({ keys: { 'th-demo-key': 'active' } });
});

afterAll(async () => {
	await gateway?.close();
	rmSync(project, { recursive: true, force: true });
});

const run = async (...args: string[]): Promise<unknown> =>
	JSON.parse(await runCommand([process.execPath, ...args], { cwd: project }));

test('require: a chat, in a project without n8n', async () => {
	const said = await run('ask.cjs', gateway.url);
	expect(said).toEqual({
		text: expect.stringMatching(/\w/),
		costUsd: expect.any(Number),
		isClass: true,
	});
});

test('import by name: an extraction, and a PDF', async () => {
	const pdf = join(ROOT, 'test', 'pdf', 'printed.pdf');
	expect(await run('ask.mjs', gateway.url, pdf)).toEqual({ output: { total: 448 }, pdf: true });
});

test.each(['testing.cjs', 'testing.mjs'])(
	'%s: a recording, replayed without a key',
	async (file) => {
		expect(await run(file)).toEqual({ recorded: 'Aare', replayed: 'Aare', requests: 1 });
	},
);

const ownZod = dirname(require.resolve('zod/package.json'));
const otherZod = dirname(require.resolve('zod4/package.json'));

/** Strict, the library's own types included: nothing that they refer to may be missing. */
function typecheck(schemas: string, zod: string): Promise<string> {
	const folder = mkdtempSync(join(project, 'typed-'));
	const modules = join(folder, 'node_modules');
	mkdirSync(join(modules, '@types'), { recursive: true });
	symlinkSync(zod, join(modules, 'zod'));
	symlinkSync(join(ROOT, 'node_modules', '@types', 'node'), join(modules, '@types', 'node'));
	symlinkSync(join(ROOT, 'node_modules', 'undici-types'), join(modules, 'undici-types'));
	const source = readFileSync(join(CONSUMER, 'typed.ts'), 'utf8').replace('SCHEMAS', schemas);
	writeFileSync(join(folder, 'typed.ts'), source);
	const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
	const options = [
		'--noEmit',
		'--strict',
		'--module',
		'nodenext',
		'--target',
		'es2023',
		'--types',
		'node',
	];
	return runCommand([process.execPath, compiler, ...options, 'typed.ts'], { cwd: folder });
}

test.each([
	['zod 3', 'zod/v3', ownZod],
	['zod 4 of 3.25', 'zod/v4', ownZod],
	['zod 4', 'zod', otherZod],
])('types: %s', async (_name, schemas, zod) => {
	expect(await typecheck(schemas, zod)).toBe('');
});

/** What an editor shows of each key: TypeScript loses comments where a shape comes from a table. */
test.each([
	'ChatRequest',
	'ToolLoopRequest',
	'ExtractRequest',
	'ClassifyRequest',
	'EvaluateRequest',
	'EvaluationCase',
	'ClientOptions',
	'ChatResult',
])('types: each key of %s says what it is for', (name) => {
	const path = join(PACKED, 'dist', 'index.d.ts');
	const program = ts.createProgram([path], { strict: true });
	const checker = program.getTypeChecker();
	const file = program.getSourceFile(path);
	const module = file && checker.getSymbolAtLocation(file);
	const found = module && checker.getExportsOfModule(module).find((one) => one.name === name);
	const keys = found ? checker.getDeclaredTypeOfSymbol(found).getProperties() : [];
	const silent = keys.filter((key) => key.getDocumentationComment(checker).length === 0);
	expect(keys.length).toBeGreaterThan(5);
	expect(silent.map((key) => key.name)).toEqual([]);
});
