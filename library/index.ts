/** The package's door for programs: all of core, and the files that core itself does not open. */
export * from '../core';
export { createClient, forkAt } from './recorded';
export { reportHtml } from './report/html';
export { reportMarkdown } from './report/texts';
