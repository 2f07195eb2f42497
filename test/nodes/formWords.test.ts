import { optionsOf } from '../support/optionsOf';
import { shareOf } from '../support/sweep';
import { openNode } from '../support/openNode';
import { TYPES, fields } from './mistakeOf';
import { properties as chat } from '../../nodes/TokenHubChatCompletion/description';
import { properties as extract } from '../../nodes/TokenHubJsonExtract/description';
import { properties as loop } from '../../nodes/TokenHubToolCallLoop/description';
import { runOptionProperties } from '../../nodes/shared/form/runOptions';

/** What no field of the form takes, whatever its type; many take some of them. */
const WRONG = [-1, 1.5, 1e10, 'soon', {}, [1], true];
/** zod's words, and names that only code has. */
const CODE = /Too (?:small|big)|Invalid (?:input|option)|\bexpected\b|received|\b[a-z]+[A-Z]\w*/;
const FORMS = { chat, extract, loop };
const OF_RUN = new Set(runOptionProperties.map(({ name }) => name));
const base = {
	model: { __rl: true, mode: 'id', value: 'anthropic/claude-haiku-4-5' },
	...{ prompt: 'Hello', text: 'Ada', maxTokens: 64, ...fields({ name: 'a' }) },
};

/** An option's label in the form. */
function labelOf(node: keyof typeof FORMS, name: string): string {
	const options = FORMS[node].find((property) => property.name === 'options')?.options ?? [];
	const found = options.find((option) => option.name === name);
	return found && 'displayName' in found ? found.displayName : '';
}

test.each(['chat', 'extract', 'loop'] as const)(
	'%s: what an option does not take is refused in words of the form',
	async (node) => {
		const answer = { text: '{"a":"b"}' };
		const { run } = await openNode({ type: TYPES[node], base, gateway: [() => answer] });
		const names = optionsOf(TYPES[node]).map(({ name }) => name);
		const items = WRONG.map((v) => ({ v }));
		const json = node === 'extract' ? { mode: 'json' } : {};
		const failed: string[] = [];
		const own = names.filter((name) => !OF_RUN.has(name));
		for (const name of shareOf(own, 8, 0)) {
			const rest = { items, node: { typeVersion: 2, onError: 'continueRegularOutput' } } as const;
			const ran = await run(
				{ options: { ...json, [name]: '={{ $json.v }}', maxRetries: 0 } },
				rest,
			);
			for (const item of ran.last) {
				const { error } = item.json;
				if (typeof error === 'string') failed.push(`${labelOf(node, name)}|${error}`);
			}
		}
		expect(failed.length).toBeGreaterThan(10);
		expect(failed.filter((words) => CODE.test(words.replace(/"[^"]*"/g, '')))).toEqual([]);
	},
);
