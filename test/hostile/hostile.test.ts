import fc from 'fast-check';
import { hostileCase } from './hostileCase';
import { judge } from './judge';
import { openHostile } from './openHostile';
import { casesOf } from '../support/sweep';

// `npm run test:hostile` runs the same for as long as one likes, and watches for blocks.
test('no server makes a public function throw an error of another kind, hang, or lose what was paid', async () => {
	const server = await openHostile();
	const property = fc.asyncProperty(hostileCase, async (given) => await judge(server, given));
	try {
		await fc.assert(property, { numRuns: casesOf(400), seed: 20_261_127 });
	} finally {
		await server.close();
	}
}, 120_000);
