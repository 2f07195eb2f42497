import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TypeDocOptions } from 'typedoc';
import { assertDocumented } from './assertDocumented';
import { groupByFolder, groupOrder } from './groupByFolder';
import { nameTypes } from './nameTypes';
import { addSchemaFacts } from './schemaFacts';

/** The reference of everything that library/index.ts exports, as one page. */
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

const PRESENTATION = {
	// `npm run check` has looked for errors.
	// Requests are deep.
	maxTypeConversionDepth: 40,
	...{ useHTMLAnchors: true, expandObjects: true },
	...{
		readme: 'none',
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
