export interface Element {
	name: string;
	text: string;
	children: Element[];
}

const MOST_LEVELS = 50;
const TOKEN = /<!--[^]*?-->|<(\/?)([A-Za-z_][\w.-]*)((?:\s[^<>]*)?)>|([^<]+)/gy;
/** Claude's own form of a tool call names its fields so. */
const NAMED = /^\s+name="([^"<>]*)"\s*$/;

/** The elements of a text that holds nothing else; undefined where anything would be lost. */
export function elementsIn(text: string): Element[] | undefined {
	const root: Element = { name: '', text: '', children: [] };
	const open = [{ tag: '', element: root }];
	let end = 0;
	for (const [token, slash, tag = '', attributes = '', said] of text.matchAll(TOKEN)) {
		end += token.length;
		const inner = open.at(-1);
		if (!inner || token.startsWith('<!--')) continue;
		if (said !== undefined) {
			inner.element.text += decoded(said);
		} else if (slash === '/') {
			if (inner.tag !== tag || tag === '') return undefined;
			inner.element.text = inner.element.text.trim();
			open.pop();
		} else {
			const name = attributes.trim() === '' ? tag : NAMED.exec(attributes)?.[1];
			if (name === undefined || open.length > MOST_LEVELS) return undefined;
			const element = { name, text: '', children: [] };
			inner.element.children.push(element);
			open.push({ tag, element });
		}
	}
	const isWhole = end === text.length && open.length === 1 && root.text.trim() === '';
	return isWhole ? root.children : undefined;
}

const ENTITIES = new Map([
	['amp', '&'],
	['lt', '<'],
	['gt', '>'],
	['quot', '"'],
	['apos', "'"],
]);

function decoded(text: string): string {
	return text.replace(/&(\w+);/g, (entity, name: string) => ENTITIES.get(name) ?? entity);
}
