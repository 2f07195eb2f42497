import { extract } from '../../core';
import { openGateway } from '../support/openGateway';

const lines = Array.from({ length: 40 }, (_, n) => ({ item: `Lamp ${n}`, total: n + 0.5 }));
const text = `Order R-7 for Ada\n${lines.map(({ item, total }) => `- ${item}: ${total}\n`).join('')}`;

const line = { properties: { item: { type: 'string' }, total: { type: 'number' } } };
const order = { properties: { id: { type: 'string' }, lines: { type: 'array', items: line } } };
const schema = { properties: { orders: { type: 'array', items: order } } };

/** Gives what it sees of a record that is longer than its part, if it is told so. */
function reader({ messages }: { messages: unknown[] }) {
	const [system, user] = [messages[0], messages.at(-1)].map((one) => JSON.stringify(one));
	const [, id] = /Order (R-\d+)/.exec(user ?? '') ?? [];
	const seen = [...(user ?? '').matchAll(/- (Lamp \d+): ([\d.]+)\\n/g)];
	const own = seen.map(([, item, total]) => ({ item, total: Number(total) }));
	const isWanted = /if a record contains a list, give what is here/.test(system ?? '');
	const orders = isWanted ? [{ ...(id ? { id } : {}), lines: own }] : [];
	return { toolCalls: [{ name: 'save_extraction', arguments: { orders } }] };
}

test.each([0, 60])(
	'a record that is longer than a part is read whole, overlap %i',
	async (overlap) => {
		const { client } = await openGateway(reader);
		const { output } = await extract(client, { text, schema, chunk: { size: 250, overlap } });
		expect(output).toEqual({ orders: [{ id: 'R-7', lines }] });
	},
);
