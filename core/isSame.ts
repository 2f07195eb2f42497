import { isDeepStrictEqual } from 'node:util';

/** Whether two values are the same, whatever the order of their keys. */
export const isSame: (a: unknown, b: unknown) => boolean = isDeepStrictEqual;
