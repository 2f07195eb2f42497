import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { REPAIRS } from '../../core/chat/repair/notes';
import { repairConversation } from '../../core/chat/repair/repairConversation';

/** The page of conversations names every repair, in its own words and with a conversation that needs it. */

const page = readFileSync(resolve(__dirname, '../../docs/chat-completion.md'), 'utf8');
const rows = [...page.matchAll(/^\| ([A-Z][^|`]+?) +\| `(\[.*\])` +\|$/gm)].map(
	([, words = '', example = '']) => ({ words, example }),
);

test('the table has all repairs, in order, and no other', () => {
	expect(rows.map(({ words }) => words)).toEqual(Object.values(REPAIRS).map(([words]) => words));
});

test.each(rows)('$words', ({ words, example }) => {
	const given: unknown[] = JSON.parse(example);
	const hasTools = words !== REPAIRS.asText[0];
	const { warnings } = repairConversation(given, { hasTools });
	expect(warnings).toContainEqual(expect.stringMatching(`^${words}: `));
});
