/**
 * The page's texts. They are data of the page, not part of its scripts: a key is there once for all languages, and no
 * browser compiles them.
 */
import type { AllTexts } from './all-texts.js';

/** As `scripts/output/html/bundle.ts` wrote them. */
export const TEXTS = JSON.parse(document.getElementById('culprit-texts')?.textContent ?? '') as AllTexts;
