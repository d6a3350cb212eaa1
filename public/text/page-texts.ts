/**
 * The page's texts. They are data of the page, not part of its scripts: each key is stored once for all languages, and
 * browsers need not compile them.
 */
import type { AllTexts } from './all-texts.js';

/** As `scripts/output/html/bundle.ts` wrote them. */
export const TEXTS = JSON.parse(document.getElementById('culprit-texts')?.textContent ?? '') as AllTexts;
