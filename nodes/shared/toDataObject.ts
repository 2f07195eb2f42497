import { jsonParse, type IDataObject } from 'n8n-workflow';

/** n8n stores items as JSON: what a result holds is cut down to that, so that no key surprises later. */
export function toDataObject(value: object): IDataObject {
	return jsonParse<IDataObject>(JSON.stringify(value));
}
