/** Tells, as a JSON text comes in pieces, whether the object or list that it began with is closed. */
export interface JsonEnd {
	add(this: void, text: string): void;
	isWhole(this: void): boolean;
}

/** Each character is looked at once, however often one asks. */
export function openJsonEnd(): JsonEnd {
	let [depth, isInString, isEscaped, hasBegun] = [0, false, false, false];
	return {
		add(text) {
			for (let at = 0; at < text.length; at += 1) {
				const letter = text.charAt(at);
				if (isEscaped) isEscaped = false;
				else if (isInString && letter === '\\') isEscaped = true;
				else if (letter === '"') isInString = !isInString;
				else if (isInString) continue;
				else if (letter === '{' || letter === '[') [depth, hasBegun] = [depth + 1, true];
				else if (letter === '}' || letter === ']') depth -= 1;
			}
		},
		isWhole: () => hasBegun && depth === 0 && !isInString,
	};
}
