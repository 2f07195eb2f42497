import { makePdf } from '../support/makePdf';
import { fields, file, IN_THE_FORM, type Mistake, schema, withFile, zod } from './mistakeOf';

/** With files, and about what is to be extracted. */
export const MISTAKES_OF_EXTRACTION: Record<string, Mistake> = {
	// Files.
	'a binary field that is not there': {
		options: { images: ['dta'] },
		item: withFile('data', file('image/png', '\x89PNG\r\n\x1a\n')),
		...{ says: /no binary field "dta"/, advises: /Did you mean "data"\? / },
	},
	'an item without files': {
		options: { images: ['data'] },
		...{ says: /no binary field "data"/, advises: /has no binary data/ },
	},
	'a file in place of its name': {
		options: { images: ['={{ $binary.data }}'] },
		item: withFile('data', file('image/png', '\x89PNG\r\n\x1a\n')),
		...{ says: /write the name of the binary field/, advises: /correct Images and Files/ },
	},
	'a field with an address that is empty': {
		options: { images: ['={{ $json.imageUrl }}'] },
		says: /^Images and Files › 1 must be a text, but is empty\.$/,
		advises: /its expression, so that it returns a text/,
	},
	'an address of a picture without https://': {
		options: { images: ['example.com/a.png'] },
		...{ says: /no binary field "example\.com\/a\.png"/, advises: /starts with https:\/\// },
	},
	'a path of a file': {
		options: { images: ['/home/ada/a.png'] },
		...{ says: /no binary field/, advises: /Read\/Write Files from Disk/ },
	},
	'an address of a PDF': {
		options: { images: ['https://example.com/a.pdf'] },
		...{ says: /a link can only lead to an image/, advises: /HTTP Request node/ },
	},
	'a text file of 0 bytes': {
		options: { images: ['data'] },
		item: withFile('data', file('text/plain', '')),
		...{ says: /the binary field "data": it contains no data/, advises: /it has 0 bytes/ },
	},
	'a picture of 0 bytes': {
		options: { images: ['data'] },
		item: withFile('data', file('image/png', '')),
		...{ says: /the binary field "data": it contains no data/, advises: /it has 0 bytes/ },
	},
	'a file in place of its name, of an extraction': {
		...{ node: 'extract', options: { images: ['={{ $binary.data }}'] } },
		item: withFile('data', file('image/png', '\x89PNG\r\n\x1a\n')),
		...{ says: /write the name of the binary field/, advises: /correct Images and PDFs/ },
	},
	'an office document as an image': {
		options: { images: ['data'] },
		item: withFile('data', file('application/msword', Buffer.from([0xd0, 0xcf, 0, 0xff]))),
		...{
			says: /application\/msword, neither an image, nor a PDF, nor UTF-8 text/,
			advises: /Extract from File/,
		},
	},
	'a picture of another kind': {
		options: { images: ['data'] },
		item: withFile('data', file('image/tiff', Buffer.from([0x49, 0x49, 0, 0xff]))),
		...{ says: /image\/tiff, not PNG, JPEG, GIF or WebP/, advises: /Edit Image/ },
	},
	'a scan': {
		...{ node: 'extract', parameters: { text: '' }, options: { images: ['data'] } },
		item: withFile('data', file('application/pdf', makePdf([[]]))),
		...{ says: /has no text layer/, advises: /pages as images/ },
	},
	// What is to be extracted.
	'no fields': {
		node: 'extract',
		...{ parameters: fields({ name: '' }), says: /"Name" is required/, advises: IN_THE_FORM },
	},
	'fields without a name for the item': {
		...{ node: 'extract', parameters: fields({ name: '={{ $json.name ?? "" }}' }) },
		...{ says: /Fields: name at least one/, advises: /Fill in the Name of a field/ },
	},
	'no labels': {
		node: 'extract',
		parameters: { schemaSource: 'labels', labels: { values: [{ name: '' }] } },
		...{ says: /"Name" is required/, advises: IN_THE_FORM },
	},
	'a field twice': {
		...{ node: 'extract', parameters: fields({ name: 'a' }, { name: 'a' }) },
		...{ says: /Fields: duplicate field "a"/, advises: /Rename one of the two, or remove it/ },
	},
	'a choice without choices': {
		...{ node: 'extract', parameters: fields({ name: 'a', type: 'enum' }) },
		...{
			says: /Fields › a: the choice has no Choices/,
			advises: /List the values that are allowed in Choices/,
		},
	},
	'choices between semicolons': {
		...{ node: 'extract', parameters: fields({ name: 'a', type: 'enum', choices: 'x; y' }) },
		...{
			says: /^Fields › a: "x; y" is a single choice/,
			advises: /Separate the Choices by commas/,
		},
	},
	'all labels in one': {
		node: 'extract',
		parameters: { schemaSource: 'labels', labels: { values: [{ name: 'returns, praise' }] } },
		...{ says: /^Labels: every text would get the only label/, advises: /a row for each label/ },
	},
	'a type of another program': {
		...{ node: 'extract', parameters: fields({ name: 'a', type: 'text' }) },
		...{
			says: /^Fields › 1 › Type: unknown: the types are string, /,
			advises: /Fields › 1 › Type/,
		},
	},
	'a schema as a JavaScript object': {
		...{ node: 'extract', parameters: schema("{type: 'object'}") },
		...{ says: /^JSON Schema is not valid JSON: .*position 1/, advises: /need double quotes/ },
	},
	'a schema of a program': {
		...{ node: 'extract', parameters: schema('const schema = {"type": "object"};') },
		...{ says: /^JSON Schema is not valid JSON: /, advises: /^Start with \{ or \[/m },
	},
	'a schema with comments': {
		...{ node: 'extract', parameters: schema('{"type": "object" // all\n}') },
		...{ says: /^JSON Schema is not valid JSON: /, advises: /^Remove the comments/m },
	},
	'a schema from a chat': {
		...{ node: 'extract', parameters: schema('```json\n{"type": "object"}\n```') },
		...{ says: /^JSON Schema is not valid JSON: /, advises: /^Remove the lines with ```/m },
	},
	'a schema from a word processor': {
		...{ node: 'extract', parameters: schema('{“type”: “object”}') },
		...{ says: /^JSON Schema is not valid JSON: /, advises: /^Write straight quotes/m },
	},
	'zod as a schema': {
		...{ node: 'extract', parameters: schema('z.object({ a: z.string() })') },
		...{ says: /^JSON Schema is not valid JSON: /, advises: /choose Zod/ },
	},
	'a schema as zod': {
		...{ node: 'extract', parameters: zod('{"type": "object"}') },
		...{ says: /^Zod Schema contains the fields of an object/, advises: /choose JSON Schema/ },
	},
	'a schema as an example': {
		node: 'extract',
		parameters: {
			schemaSource: 'example',
			jsonExample: '{"type":"object","properties":{"a":{"type":"string"}}}',
		},
		...{ says: /^The JSON example is a JSON Schema\.$/, advises: /Schema Source JSON Schema/ },
	},
	'items of a schema without a list': {
		...{ node: 'extract', options: { outputMode: 'items' } },
		...{ says: /^Output Mode Items: the schema has no list there/, advises: /contains the list/ },
	},
	'a schema that is not JSON': {
		...{ node: 'extract', parameters: schema('{"type": "object"') },
		...{
			says: /^JSON Schema is not valid JSON: .*position 17/,
			advises: /Names and texts need double quotes/,
		},
	},
	'a schema with a trailing comma': {
		...{ node: 'extract', parameters: schema('{"type": "object",}') },
		...{
			says: /^JSON Schema is not valid JSON: .*position 18/,
			advises: /no comma may follow the last entry/,
		},
	},
	'an example in place of a schema': {
		...{ node: 'extract', parameters: schema('{"name": "Ada"}') },
		...{ says: /did you mean the Schema Source "Fields" or "JSON Example"/, advises: /./ },
	},
	'a type that is none': {
		...{ node: 'extract', parameters: schema('{"type": "objekt"}') },
		...{
			says: /"objekt" does not exist: did you mean "object"\?/,
			advises: /Correct the schema at \/type/,
		},
	},
	'zod that does not end': {
		...{ node: 'extract', parameters: zod('z.object({ a: z.string()') },
		...{
			says: /^Zod Schema is not valid JavaScript: .*\(1:24\)/,
			advises: /Close every bracket and quote/,
		},
	},
	'zod with code': {
		...{ node: 'extract', parameters: zod('z.object({ a: z.string().refine((a) => a) })') },
		...{
			says: /^Zod Schema, line 1:26: "\.refine" is not allowed/,
			advises: /Only schemas can be written here/,
		},
	},
	'an example that is not JSON': {
		...{ node: 'extract', parameters: { schemaSource: 'example', jsonExample: 'name: Ada' } },
		...{ says: /^JSON Example is not valid JSON: /, advises: /Names and texts need double quotes/ },
	},
};
