import { z } from 'zod/v4';
export function zodFromText(text: string, name = ''): z.ZodType {
	throw new Error(text + name);
}
