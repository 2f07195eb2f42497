/** What is between two empty lines of a stream. */
export interface StreamEvent {
	/** The name of the event in lower case; '' if it has none. */
	name: string;
	/** Its data, including lines that belong to no field. */
	data: string;
	/** Whether it consists of nothing but such lines. */
	isStray: boolean;
}

/**
 * Reads server-sent events from a text that arrives in pieces. The standard drops every line that is
 * not a field; here they count, because they contain messages and errors of gateways, and whole chunks.
 */
export function openStreamEvents(take: (event: StreamEvent) => void) {
	let [name, hasField] = ['', false];
	let data: string[] = [];
	const dispatch = () => {
		const isAny = data.length > 0 || name !== '';
		if (isAny) take({ name, data: data.join('\n').trim(), isStray: !hasField });
		[name, hasField, data] = ['', false, []];
	};
	const add = (value: string) => {
		// Lines before it without an empty line in between do not belong to it.
		if (data.length > 0 && !hasField) dispatch();
		hasField = true;
		data.push(value);
	};
	const lines = openLines((line) => {
		if (line === '') return dispatch();
		// Nearly all lines.
		if (line.startsWith('data: ')) return add(line.slice(6));
		const [, field = '', value = ''] = FIELD.exec(line) ?? [];
		const known = field.toLowerCase();
		if (known === 'data') return add(value);
		if (known === 'event') return void (name = value.trim().toLowerCase());
		if (known !== '' || IGNORED.test(line)) return;
		const [, error] = ERROR_FIELD.exec(line) ?? [];
		if (error !== undefined) name = 'error';
		data.push(error ?? line);
	});
	return {
		add: (piece: string) => lines.add(piece),
		/** The last event may lack its empty line. */
		end() {
			lines.end();
			dispatch();
		},
	};
}

/** Also after blanks, null bytes and byte order marks, and in upper case. */
const FIELD = /^[\s\0\uFEFF]*(data|event|id|retry)[ \t]*(?::[ \t]?([^]*))?$/i;
/** A comment, or a field that only its sender knows. */
const IGNORED =
	/^[\s\0\uFEFF]*(?::|$|(?![\w-]*(?:error|exception|fail|time-?out|abort|unavailable))[a-z][\w-]{0,30}:)/i;
/** How servers of llama.cpp report a failure. */
const ERROR_FIELD = /^\s*error:\s*([^]+)$/i;

/** The lines of a text that arrives in pieces, with any of the three line endings. */
function openLines(take: (line: string) => void) {
	let open: string[] = [];
	let isAfterReturn = false;
	return {
		add(piece: string) {
			const isRest = isAfterReturn && piece.startsWith('\n');
			if (piece !== '') isAfterReturn = piece.endsWith('\r');
			const text = piece.includes('\r') ? piece.replace(/\r\n?/g, '\n') : piece;
			let from = isRest ? 1 : 0;
			for (let end = text.indexOf('\n', from); end >= 0; end = text.indexOf('\n', from)) {
				open.push(text.slice(from, end));
				take(open.length === 1 ? (open[0] ?? '') : open.join(''));
				open = [];
				from = end + 1;
			}
			if (from < text.length) open.push(text.slice(from));
		},
		end() {
			if (open.length > 0) take(open.join(''));
			open = [];
		},
	};
}
