import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');
const FOLDER = join(ROOT, '.cache', 'package');
export const TARBALL = join(FOLDER, 'package.tgz');
/** What is in it. */
export const PACKED = join(FOLDER, 'package');
