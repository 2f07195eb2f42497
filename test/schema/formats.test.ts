import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatCheck } from '../../core/schema/keywords/formats';

interface Group {
	schema: { format?: string };
	tests: Array<{ data: unknown; valid: boolean }>;
}

const folder = join(__dirname, 'suite/formats');
/** What is only noted, not asserted. */
const NOTED = ['idn-email', 'idn-hostname', 'iri', 'iri-reference', 'unknown'];

const groupsOf = (file: string): Group[] => JSON.parse(readFileSync(join(folder, file), 'utf8'));
const files = ['draft7', 'draft2020-12'].flatMap((draft) =>
	readdirSync(join(folder, draft)).map((name) => join(draft, name)),
);

test.each(files)('%s of the official suite', (file) => {
	for (const { schema, tests } of groupsOf(file)) {
		const check = formatCheck(schema.format);
		const isNoted = NOTED.includes(schema.format ?? 'unknown');
		expect(check === undefined).toBe(isNoted);
		for (const { data, valid } of tests) {
			if (!check || typeof data !== 'string') continue;
			// Whether Punycode stands for what IDNA allows is not asserted.
			if (schema.format === 'hostname' && /xn--/i.test(data) && !valid) continue;
			expect({ data, valid: check(data) }).toEqual({ data, valid });
		}
	}
});

test.each<[text: string, valid: boolean]>([
	['http://example.com', true],
	['HTTPS://example.com:8080/a?b=c#d', true],
	['ftp://user:p@ss@example.co.uk/x@y', true],
	['https://münchen.de/straße', true],
	['https://xn--mnchen-3ya.de', true],
	['http://142.42.1.1:8080/', true],
	['http://223.255.255.254', true],
	['http://☺.damowmow.com/', true],
	['http://a.b-c.de', true],
	['http://-.~_!$&@example.com', true],
	['', false],
	['http://', false],
	['http://.', false],
	['http://example', false],
	['http://example.c', false],
	['http://exa mple.com', false],
	['http://-a.com', false],
	['http://a-.com', false],
	['http://a..com', false],
	['http://10.1.1.1', false],
	['http://127.0.0.1/', false],
	['http://192.168.1.1', false],
	['http://172.16.0.1', false],
	['http://256.1.1.1', false],
	['http://example.com:1', false],
	['http://example.com:123456', false],
	['javascript://example.com', false],
	['//example.com', false],
	[`http://${'a'.repeat(28)}!`, false],
	[`http://${'a-'.repeat(28)}!`, false],
])('url %s is valid: %s', (text, valid) => {
	expect(formatCheck('url')?.(text)).toBe(valid);
});
