// Only for the type of the global that the setup leaves behind.
import type {} from './globalSetup';

export default async function globalTeardown(): Promise<void> {
	await globalThis.e2eCleanUp?.();
}
