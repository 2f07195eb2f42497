import { KINDS } from './kinds';
import { bundled, killedLoop } from './killed';

/** `npm run test:crash -- 1000`: as many kills as it says, of each kind in turn. */
async function main() {
	const wanted = Number(process.argv[2] ?? 1_000);
	const { program, remove } = bundled();
	let [kills, loops, faulty] = [0, 0, 0];
	while (kills < wanted) {
		const kind = KINDS[loops % KINDS.length] ?? 'parallel tools';
		const survived = await killedLoop(program, kind, Math.min(8, wanted - kills));
		kills += survived.kills;
		loops += 1;
		if (survived.faults.length > 0) {
			faulty += 1;
			console.log(`${kind}: ${survived.faults.join('\n')}`);
		}
	}
	remove();
	console.log(`${kills} kills of ${loops} loops: ${faulty} with faults`);
	process.exitCode = faulty > 0 ? 1 : 0;
}

void main();
