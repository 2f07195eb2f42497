import { TokenHubError } from '../errors';
import { wordOf } from '../messageOf';
import { differences, type Difference } from './differences';

/** Of long conversations, more than these say nothing. */
const MOST = 20;
const LONGEST = 160;

/**
 * Why a request cannot be answered from a recording: how it differs from the nearest one.
 * @param recorded Requests, in the order of sending.
 */
export function unrecorded(asked: object, recorded: readonly object[]): TokenHubError {
	if (recorded.length === 0) return refused('the recording holds no request');
	const near = recorded.map((request) => differences(request, asked, MOST + 1));
	const nearest = near.reduce((best, found) => (found.length < best.length ? found : best));
	if (nearest.length === 0) {
		const times = near.filter(({ length }) => length === 0).length;
		return refused(
			`it was recorded ${times === 1 ? 'once' : `${times} times`}, and is asked again`,
		);
	}
	const failures = nearest.slice(0, MOST).map((found) => ({
		...{ path: found.path, code: 'notRecorded' },
		message: inWords(found),
	}));
	const [first] = failures;
	const more = failures.length > 1 ? `, and at ${failures.length - 1} more` : '';
	return refused(`the nearest one differs at ${first?.path}: ${first?.message}${more}`, failures);
}

function refused(reason: string, failures?: Array<{ path: string; message: string }>) {
	return new TokenHubError('badConfig', `This request is not in the recording: ${reason}.`, {
		failures,
		hint: 'Record it again, or give `record` beside `replay`: then what is missing is sent, and added.',
	});
}

function inWords({ before, after }: Difference): string {
	const [a, b] = windows(shown(before), shown(after));
	return `recorded ${a}, now ${b}`;
}

const shown = (value: unknown) => (value === undefined ? 'nothing' : wordOf(JSON.stringify(value)));

/** Of long texts, the part around the first place where they differ. */
function windows(a: string, b: string): [string, string] {
	const most = Math.min(a.length, b.length);
	let at = 0;
	while (at < most && a[at] === b[at]) at += 1;
	const start = Math.max(0, at - LONGEST / 4);
	const cut = (text: string) => {
		const part = text.slice(start === 0 ? 0 : start, start + LONGEST);
		return `${start > 0 ? '…' : ''}${part}${start + LONGEST < text.length ? '…' : ''}`;
	};
	return [cut(a), cut(b)];
}
