import { pdfText } from '../../core/pdf/pdfText';
import { messageOf } from '../../core/messageOf';
import { countTurns } from '../support/countTurns';
import { hostilePdfs } from './hostilePdfs';

/** What is read or refused before anybody waits for it. */
const SHORT = new Set([
	'a table that promises a thousand million',
	'a table before itself',
	'an object that measures itself',
	'pages that are their own children',
	'a page a million times',
	'dictionaries within dictionaries',
	'a form that draws itself',
	'forms that draw each other',
	'letters for all codes, many times',
	'widths for all glyphs, many times',
	'a page packed 30 times',
	'a field that is its own parent',
]);

test.each(hostilePdfs)('%s', async (name, make, outcome) => {
	const bytes = make();
	await new Promise((resolve) => setTimeout(resolve, 5));
	const turns = countTurns();
	const said = await pdfText(bytes).catch(messageOf);
	// All others work through megabytes, and let everything else of the process run meanwhile.
	expect(turns()).toBeGreaterThanOrEqual(SHORT.has(name) ? 0 : 2);
	expect(said).toMatch(outcome);
});
