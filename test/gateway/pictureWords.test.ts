import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pictureWords } from '../../gateway/demoModel/turn';

const file = join(__dirname, '../../examples/9-image-to-record.workflow.json');
const [, png = ''] = /"data": "(iVBOR[^"]*)"/.exec(readFileSync(file, 'utf8')) ?? [];

test('the description that a PNG carries', () => {
	expect(pictureWords(`data:image/png;base64,${png}`)).toMatch(/^Shop: Café Nord\n.*Total: 9\.70/s);
});

test.each([
	['a link', 'https://x.y/z.png'],
	['another type', `data:image/jpeg;base64,${png}`],
	['no PNG', `data:image/png;base64,${Buffer.from('no').toString('base64')}`],
	['one without words', `data:image/png;base64,${png.slice(0, 44)}`],
])('%s has none', (_name, url) => {
	expect(pictureWords(url)).toBeUndefined();
});
