import { isRecord } from '../isRecord';
import type { Redactor } from '../redaction/redactor';

/** A request as it is recorded and looked up: as JSON, without the key. */
export function plainRequest(body: object, redactor: Redactor): Record<string, unknown> {
	const plain = redactor.value(JSON.parse(JSON.stringify(body)));
	return isRecord(plain) ? plain : {};
}
