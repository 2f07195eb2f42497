import { cutList } from '../../core/extract/cut/joinRest';

test.each<[text: string, json: string | undefined, begun: string]>([
	['{"rows":[{"a":1},{"a":2},{"a"', '{"rows":[{"a":1},{"a":2}]}', '{"a"'],
	['{"n":1,"rows":["x","y, ]", "z', '{"n":1,"rows":["x","y, ]"]}', '"z'],
	['[12,345,6', '[12,345]', '6'],
	['Here: {"a":{"rows":[[1],[2],[', '{"a":{"rows":[[1],[2]]}}', '['],
	['{"done":[1,2],"rows":[{"a":[1,2', undefined, ''],
	['{"rows":[{"a":1', undefined, ''],
	['{"rows":[{"a":1}]}', undefined, ''],
	['{"rows":["a\\"],[', undefined, ''],
])('what is whole of %j', (cut, json, begun) => {
	expect(cutList(cut)?.json).toBe(json);
	expect(cutList(cut)?.begun ?? '').toBe(begun);
});

test('a key at the beginning of a long text is the way to its list', () => {
	const rows = Array.from({ length: 40 }, (_, n) => ({ id: `R-${n}` }));
	const text = JSON.stringify({ rows });
	expect(cutList(text.slice(0, 300))?.path).toEqual(['rows']);
});
