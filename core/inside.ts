import { z } from 'zod/v4';

/** What the parts of the package with files and ports use besides the library: see library/. */
export { openClient } from './client/createClient';
export { asTokenHubError } from './door';
export { forkTape } from './chat/forkTape';
export { OF_CONNECTION, recordSend } from './recording/recordSend';
export { answered, openShelf } from './recording/replaySend';
export { plainRequest, tapeWriter, type Files, type Tape } from './recording/tape';
export { redactedFetch } from './redaction/redactedFetch';
export { redactorOf } from './redaction/redactor';

const { array, boolean, int, literal, number, string, union, unknown } = z;
const { discriminatedUnion, lazy, looseObject, record, strictObject } = z;

/** The part of zod that the embedded endpoint uses: all of it would be a quarter of the bundle. */
export const zodParts = {
	...{ array, boolean, int, literal, number, string, union, unknown },
	...{ discriminatedUnion, lazy, looseObject, record, strictObject, enum: z.enum },
};
