/** The package's entry point for programs: all of core, and files, which core itself does not open. */
export * from '../core';
export { createClient, forkAt } from './recorded';
export { reportHtml } from './report/html';
export { reportMarkdown } from './report/texts';
