import { pdfText } from '../../core/extract/pdfText';
import { messageOf } from '../../core/messageOf';
import { hostilePdfs } from './hostilePdfs';

/** The longest that this thread worked without letting others go on, in milliseconds of its own time. */
function watch(): () => number {
	const now = () => {
		const { user, system } = process.threadCpuUsage();
		return (user + system) / 1_000;
	};
	let last = now();
	let longest = 0;
	const look = () => {
		longest = Math.max(longest, now() - last);
		last = now();
	};
	const timer = setInterval(look, 1);
	return () => {
		look();
		clearInterval(timer);
		return longest;
	};
}

/** Alone it is below 250; a machine that is busy with other tests makes the same work take longer. */
const LONGEST_MS = 750;

test.each(hostilePdfs)('%s', async (_name, make, outcome) => {
	const bytes = make();
	await new Promise((resolve) => setTimeout(resolve, 5));
	const blocked = watch();
	const said = await pdfText(bytes).catch(messageOf);
	expect(blocked()).toBeLessThan(LONGEST_MS);
	expect(said).toMatch(outcome);
});
