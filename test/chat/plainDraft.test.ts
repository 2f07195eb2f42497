import fc from 'fast-check';
import { openNotes } from '../../core/chat/repair/notes';
import { readMessage } from '../../core/chat/repair/readMessage';

/** What is read the short way says what it says the long way, which a key that says nothing takes. */

const role = fc.oneof(
	fc.constantFrom('system', 'user', 'assistant', 'tool', 'developer', 'USER', 'model', 'function'),
	fc.string(),
);
const content = fc.oneof(
	fc.string(),
	fc.constantFrom('', ' \n', '\u001c', null, undefined, 7, [], [{ type: 'text', text: 'a' }]),
);

test('a message with nothing but a role and a content is read the same in both ways', () => {
	const read = (message: object) => {
		const notes = openNotes();
		return { drafts: readMessage(message, notes), warnings: notes.warnings() };
	};
	fc.assert(
		fc.property(fc.record({ role, content }), (message) => {
			expect(read(message)).toEqual(read({ ...message, none: undefined }));
		}),
		{ numRuns: 3_000, seed: 1 },
	);
});
