import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	Comment,
	CommentTag,
	type DeclarationReflection,
	LiteralType,
	type ProjectReflection,
	type TypeDocOptions,
} from 'typedoc';
import { nameTypes } from './nameTypes';
import { addSchemaFacts } from './schemaFacts';

/** One page with the reference of everything that library/index.ts exports. */
export async function apiPage(root: string): Promise<string> {
	const out = await mkdtemp(join(tmpdir(), 'api-'));
	try {
		await writePage(root, out);
		const page = await readFile(join(out, 'README.md'), 'utf8');
		return page.replaceAll('| `undefined` |', '| |');
	} finally {
		await rm(out, { recursive: true });
	}
}

async function writePage(root: string, out: string): Promise<void> {
	const { Application, Converter } = await import('typedoc');
	const app = await Application.bootstrapWithPlugins({
		...{ entryPoints: [join(root, 'library/index.ts')], tsconfig: join(root, 'tsconfig.json') },
		...{ plugin: ['typedoc-plugin-markdown'], ...PRESENTATION },
	});
	app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => groupByFolder(project));
	app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
		addSchemaFacts(project);
		nameTypes(project);
		assertDocumented(project);
	});
	const project = await app.convert();
	if (!project) throw new Error('library/index.ts does not compile.');
	await app.outputs.writeOutput({ name: 'markdown', path: out }, project);
}

/** The page's headings in order, with the part of core that each covers. */
const GROUPS: Array<[heading: string, path: RegExp]> = [
	['Client', /core\/client\//],
	['Chat', /core\/chat\//],
	['Tool loop', /core\/toolLoop\//],
	['Extraction', /core\/extract\//],
	['Evaluation', /core\/evaluate\/|library\/report/],
	['Recordings', /core\/recording\/|library\/recorded/],
	['Schemas', /core\/schema\//],
	['Models and cost', /core\/(models|usage)\./],
	['Errors', /core\/error/],
];

const groupOrder = GROUPS.map(([heading]) => heading);

const PRESENTATION = {
	// Request types are nested deeply.
	maxTypeConversionDepth: 40,
	...{ useHTMLAnchors: true, expandObjects: true },
	...{
		readme: 'none',
		// `npm run check` has already looked for errors.
		skipErrorChecking: true,
		disableSources: true,
		disableGit: true,
		excludeExternals: true,
	},
	...{ name: 'The library', hidePageHeader: true, hideBreadcrumbs: true, groupOrder },
	...{ outputFileStrategy: 'modules', useCodeBlocks: true, logLevel: 'Warn' },
	...{
		parametersFormat: 'table',
		interfacePropertiesFormat: 'table',
		classPropertiesFormat: 'table',
	},
	...{ typeAliasPropertiesFormat: 'table', propertyMembersFormat: 'table' },
	...{ typeDeclarationFormat: 'table' },
	sort: ['kind', 'source-order'],
	kindSortOrder: ['Function', 'Variable', 'Class', 'Interface', 'TypeAlias'],
	...{ tableColumnSettings: { hideInherited: true, hideOverrides: true, hideSources: true } },
} satisfies Partial<TypeDocOptions>;

/** @throws Error that names the exports of the library without a comment. */
function assertDocumented(project: ProjectReflection): void {
	const silent = (project.children ?? []).flatMap((own) => [
		...(hasWords(own) ? [] : [own.name]),
		...(own.children ?? [])
			.filter((member) => !hasWords(member) && !(member.type instanceof LiteralType))
			.map((member) => `${own.name}.${member.name}`),
	]);
	if (silent.length > 0) throw new Error(`Without a docstring: ${silent.join(', ')}`);
}

/** Functions have their comments at their signatures. */
function hasWords({
	comment,
	signatures = [],
	inheritedFrom,
	flags,
}: DeclarationReflection): boolean {
	const comments = [comment, ...signatures.map((signature) => signature.comment)];
	const isForeign = inheritedFrom !== undefined || flags.isExternal;
	return isForeign || comments.some((words) => (words?.summary.length ?? 0) > 0);
}

function groupByFolder(project: ProjectReflection): void {
	for (const own of project.children ?? []) {
		const path = project.getSymbolIdFromReflection(own)?.fileName ?? '';
		const [heading] = GROUPS.find(([, part]) => part.test(path)) ?? [];
		if (heading !== undefined) addGroup(own, heading);
	}
}

/** Functions have their comments at their signatures. */
function addGroup(own: DeclarationReflection, heading: string): void {
	own.comment ??= new Comment();
	own.comment.blockTags.push(new CommentTag('@group', [{ kind: 'text', text: heading }]));
}
