import { connect } from './connect';
import { PACKAGE_NAME } from './paths';

const n8n = connect();
test('probe', async () => {
	const types = await n8n.listNodeTypes();
	console.log(JSON.stringify(types.filter((t) => t.name.startsWith(PACKAGE_NAME)).map(({name, iconUrl, codex, displayName})=>({name, iconUrl, codex, displayName})), null, 1));
	const creds = await n8n.listCredentialTypes();
	console.log(JSON.stringify(creds.find((t) => t.name === 'tokenHubApi')).slice(0, 600));
});
