import { chatRows } from './chatRows';
import { extractRows } from './extractRows';
import { recordingRows } from './recordingRows';
import { resultRows } from './resultRows';
import { schemaRows } from './schemaRows';
import { streamRows } from './streamRows';

export const rows = [
	...schemaRows,
	...chatRows,
	...extractRows,
	...resultRows,
	...recordingRows,
	...streamRows,
];
