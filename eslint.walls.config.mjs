/**
 * Walls, budgets and style of this repository, in addition to n8n's own rules in eslint.config.mjs,
 * which must not be changed. `npm run lint` runs both.
 */
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import tseslint from 'typescript-eslint';

const onlyIn = (file) => `only ${file} may do this: see docs/architecture.md, "Walls"`;

const budgets = {
	'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
	'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
	'max-params': ['error', 3],
};

const noCasts = {
	'@typescript-eslint/no-explicit-any': 'error',
	'@typescript-eslint/ban-ts-comment': 'error',
	'@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
	'@typescript-eslint/no-non-null-assertion': 'error',
	'@typescript-eslint/consistent-type-imports': 'error',
};

/** Wall 2: each of these words has one home under nodes/. */
const nodeWalls = [
	{
		selector: "MemberExpression[property.name='getNodeParameter']",
		home: 'nodes/shared/item/itemReader.ts',
	},
	{ selector: 'CatchClause', home: 'nodes/shared/run/runItems.ts' },
	{ selector: "MemberExpression[property.name='catch']", home: 'nodes/shared/run/runItems.ts' },
	{
		selector: "MemberExpression[property.name='continueOnFail']",
		home: 'nodes/shared/run/runItems.ts',
	},
	{ selector: "Property[key.name='pairedItem']", home: 'nodes/shared/run/runItems.ts' },
	{
		selector: 'NewExpression[callee.name=/^Node(Api|Operation)Error$/]',
		home: 'nodes/shared/run/nodeError.ts',
	},
];

const wallsFor = (file) => [
	'error',
	...nodeWalls
		.filter((wall) => wall.home !== file)
		.map(({ selector, home }) => ({ selector, message: onlyIn(home) })),
];

export default tseslint.config(
	{
		ignores: ['dist', 'build', 'node_modules', '.cache', 'server/n8n', 'test/package/consumer'],
	},
	{
		files: ['**/*.ts'],
		extends: [...tseslint.configs.recommendedTypeChecked],
		languageOptions: {
			parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
		},
		rules: {
			...noCasts,
			...budgets,
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
			],
		},
	},
	{
		// Tests read JSON of any shape and hold tables of any length.
		files: ['test/**/*.ts', 'server/**/*.ts'],
		rules: {
			'max-lines': ['error', { max: 500 }],
			'max-lines-per-function': 'off',
			'max-params': 'off',
			'@typescript-eslint/unbound-method': 'off',
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off',
			'@typescript-eslint/require-await': 'off',
		},
	},
	{
		files: ['core/**/*.ts'],
		rules: {
			'no-restricted-imports': [
				'error',
				{ patterns: [{ group: ['n8n-*', '**/nodes/**'], message: onlyIn('nodes/') }] },
			],
		},
	},
	{
		// What is bundled into the nodes is scanned like the nodes: no timer, socket, file or process.
		files: ['core/**/*.ts'],
		plugins: { '@n8n/community-nodes': n8nCommunityNodesPlugin },
		rules: {
			'@n8n/community-nodes/no-restricted-globals': 'error',
			'@n8n/community-nodes/no-restricted-imports': 'error',
		},
	},
	{
		files: ['core/**/*.ts'],
		rules: {
			'@typescript-eslint/no-restricted-imports': [
				'error',
				{
					paths: [
						{
							name: 'openai',
							message: 'nothing of the SDK goes into the package but types',
							allowTypeImports: true,
						},
					],
				},
			],
		},
	},
	{ files: ['nodes/**/*.ts'], rules: { 'no-restricted-syntax': wallsFor('') } },
	...[...new Set(nodeWalls.map((wall) => wall.home))].map((home) => ({
		files: [home],
		rules: { 'no-restricted-syntax': wallsFor(home) },
	})),
	{
		files: ['nodes/**/*.node.ts'],
		rules: {
			'max-lines': ['error', 45],
			'no-restricted-syntax': [
				...wallsFor(''),
				{ selector: 'IfStatement', message: 'no logic here' },
			],
		},
	},
);
