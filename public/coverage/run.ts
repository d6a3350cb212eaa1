/** The run that made the page, from the one element of it that is another in each run. */
import { RUN_ELEMENT, type EmbeddedRun } from '#shared/format/report-format.js';

/** Undefined while the page is still coming in, and where its end is missing. */
export function readRun(): EmbeddedRun | undefined {
  const json = document.getElementById(RUN_ELEMENT)?.textContent;
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json) as EmbeddedRun;
  } catch {
    return undefined;
  }
}
