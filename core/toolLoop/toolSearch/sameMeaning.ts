import { searchWords } from './searchWords';

/** Words that tools and those who look for them use for the same. */
const GROUPS = [
	'create add new make insert',
	'delete remove erase drop destroy trash',
	'get fetch retrieve read show view load look',
	'list all browse enumerate',
	'update edit modify change set rename adjust patch',
	'search find query lookup locate',
	'send post write publish share notify tell',
	'run execute start trigger launch invoke',
	'stop cancel abort end terminate kill',
	'upload attach',
	'download export save',
	'copy duplicate clone',
	'approve accept confirm',
	'book schedule reserve plan',
	'email mail inbox gmail',
	'message dm chat',
	'document doc page',
	'folder directory',
	'repository repo',
	'pr pull',
	'database db sql table',
	'user member person people employee colleague',
	'customer client buyer',
	'meeting event appointment calendar',
	'picture image photo',
	'ticket issue bug task todo',
	'bill invoice',
	'pay payment charge',
	'refund reimburse',
	'link url website web',
	'comment reply respond answer note',
	'comments discussion thread conversation',
	'label tag',
	'price cost rate quote',
	'weather forecast temperature',
	'directions route navigate',
	'exchange convert currency',
	'translate language',
	'permission access role right',
	'history log audit',
	'spreadsheet sheet excel',
	'assign assignee owner',
	'error exception crash failure',
	'order purchase',
];

const sameAs = new Map<string, Set<string>>();
for (const words of GROUPS.map(searchWords)) {
	for (const word of words) {
		const known = sameAs.get(word) ?? new Set<string>();
		for (const other of words) if (other !== word) known.add(other);
		sameAs.set(word, known);
	}
}

/** Other words, in the form that the search compares, for the same thing. */
export function sameMeaning(word: string): ReadonlySet<string> {
	return sameAs.get(word) ?? NONE;
}

const NONE: ReadonlySet<string> = new Set();
