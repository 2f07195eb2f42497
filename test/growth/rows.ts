import { chatRows } from './chatRows';
import { extractRows } from './extractRows';
import { schemaRows } from './schemaRows';

export const rows = [...schemaRows, ...chatRows, ...extractRows];
