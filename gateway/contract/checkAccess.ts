import { own } from '../../core/own';
import { errorBody, type Refusal } from './refusal';

/** A key that works, or one whose prepaid credit is used up. */
export type KeyState = 'active' | 'noCredit';

export function checkAccess(
	authorization: string | undefined,
	keys: Record<string, KeyState>,
): Refusal | undefined {
	const key = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
	const state = own(keys, key ?? '');
	if (state === 'active') return undefined;
	if (state === 'noCredit') {
		const message = 'The credit of this account is used up: top it up in the dashboard.';
		return {
			status: 402,
			...errorBody({ message, type: 'insufficient_quota', code: 'insufficient_quota' }),
		};
	}
	const message = key
		? 'Incorrect API key provided.'
		: 'No API key provided: send "Authorization: Bearer th-…".';
	return { status: 401, ...errorBody({ message, code: 'invalid_api_key' }) };
}
