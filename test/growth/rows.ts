import { chatRows } from './chatRows';
import { schemaRows } from './schemaRows';

export const rows = [...schemaRows, ...chatRows];
