interface Row {
	/** Whose parameter it is. */
	node: string;
	theirs: string;
	ours: string;
}

/** The rows of docs/migration.md that lead from a parameter of n8n's to one of ours. */
export function parameterRows(page: string): Row[] {
	const tables = [...page.matchAll(/^\| (.+?) +\| TokenHub +\|\n\| -.*\n((?:\|.*\n)+)/gm)];
	return tables.flatMap(([, node = '', rows = '']) =>
		[...rows.matchAll(/^\| (.+?) +\| (.+?) +\|$/gm)].map(([, theirs = '', ours = '']) => ({
			...{ node, theirs, ours },
		})),
	);
}
