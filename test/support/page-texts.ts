/** Stands in for the element of a page that holds its texts. */
import { vi } from 'vitest';

vi.mock('#public/text/page-texts.js', async () => {
  const { allTexts } = await import('#public/text/all-texts.js');
  return { TEXTS: allTexts() };
});
