import { checks } from './checks';
import { prepareGround, type Ground } from './ground';
import { readVersion, removeVersion, type Version } from './installVersion';
import { openOutcomes } from './outcomes';

const words = (process.env.N8N_VERSIONS ?? '').split(' ').filter(Boolean);
const outcomes = openOutcomes();

afterAll(() => {
	process.stdout.write(`\n${outcomes.words()}\n`);
});

describe.each(words)('n8n %s', (word) => {
	let version: Version;
	let ground: Ground | undefined;

	beforeAll(async () => {
		version = await readVersion(word);
		await outcomes.keep(version, 'starts', async () => {
			ground = await prepareGround(version);
		});
	}, 45 * 60_000);

	afterAll(async () => {
		await ground?.close();
		await removeVersion(version);
	}, 120_000);

	test.each(Object.entries(checks))('%s', async (name, check) => {
		// What went wrong is said once, for its start.
		const started = ground;
		if (started) await outcomes.keep(version, name, () => check(started));
	});
});
