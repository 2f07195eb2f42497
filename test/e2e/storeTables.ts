import { buildWorkflow } from '../../server/buildWorkflow';

const keptTable = { __rl: true, mode: 'name', value: 'tokenhub_loops' };

/** Makes the tables that the notes of examples/stores ask for, all of them empty. */
export const storeTables = buildWorkflow('e2eStoreTables', [
	{
		...{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
		to: [
			['Data table', 'main'],
			['Postgres', 'main'],
		],
	},
	{
		...{ name: 'Data table', type: 'n8n-nodes-base.dataTable', typeVersion: 1.1 },
		// It is there already.
		onError: 'continueRegularOutput',
		parameters: {
			...{ resource: 'table', operation: 'create', tableName: 'tokenhub_loops', options: {} },
			columns: {
				column: [
					{ name: 'key', type: 'string' },
					{ name: 'state', type: 'string' },
				],
			},
		},
		to: [['Empty data table', 'main']],
	},
	{
		...{ name: 'Empty data table', type: 'n8n-nodes-base.dataTable', typeVersion: 1.1 },
		parameters: { resource: 'table', operation: 'clear', dataTableId: keptTable },
	},
	{
		...{ name: 'Postgres', type: 'n8n-nodes-base.postgres', typeVersion: 2.6 },
		parameters: {
			...{ operation: 'executeQuery', options: {} },
			query: `DROP TABLE IF EXISTS tokenhub_loops; CREATE TABLE tokenhub_loops (
  key text PRIMARY KEY,
  state text NOT NULL,
  kept_at timestamptz DEFAULT now()
);
DROP TABLE IF EXISTS tokenhub_jobs; CREATE TABLE tokenhub_jobs (
  id text PRIMARY KEY,
  message text NOT NULL,
  state text NOT NULL DEFAULT 'open',
  begun_at timestamptz DEFAULT now(),
  tries int DEFAULT 1,
  answer text
);`,
		},
		credentials: { postgres: { id: 'postgres-demo', name: 'Postgres' } },
	},
]);

/** What is kept in the data table. */
export const keptLoops = buildWorkflow('e2eKeptLoops', [
	{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', to: [['Rows', 'main']] },
	{
		...{ name: 'Rows', type: 'n8n-nodes-base.dataTable', typeVersion: 1.1 },
		parameters: {
			...{ operation: 'get', returnAll: true },
			dataTableId: keptTable,
		},
	},
]);
