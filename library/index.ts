/** The package's door for programs: all of core, and the files that core itself does not open. */
export * from '../core';
export { createClient, forkAt } from './recorded';
