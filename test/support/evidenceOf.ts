import { findEvidence } from '../../core/extract/evidence/findEvidence';
import { inOneGo } from '../../core/lib/steps';

/** The evidence of a value, found in one go. */
export const evidenceOf = (value: unknown, text: string) => inOneGo(findEvidence(value, text));
