import { endTurn, inTurn, openOrder } from '../../nodes/shared/run/streamed';

test('a reader gets items one after the other, each as it comes when it is its turn', () => {
	const context = {};
	const said: string[] = [];
	const say = (item: number, words: string) => inTurn(context, item, () => void said.push(words));
	openOrder(context, [0, 1, 2, 3]);
	say(1, '1a');
	say(0, '0a');
	expect(said).toEqual(['0a']);
	say(2, '2a');
	endTurn(context, 2);
	say(1, '1b');
	say(0, '0b');
	endTurn(context, 0);
	expect(said).toEqual(['0a', '0b', '1a', '1b']);
	say(1, '1c');
	// An item may end without a word, such as one that failed before.
	endTurn(context, 1);
	expect(said).toEqual(['0a', '0b', '1a', '1b', '1c', '2a']);
	say(3, '3a');
	endTurn(context, 3);
	expect(said.at(-1)).toBe('3a');
});

test('without an order, and in another context, nothing waits', () => {
	const said: string[] = [];
	inTurn({}, 5, () => void said.push('x'));
	endTurn({}, 5);
	expect(said).toEqual(['x']);
});
