/** The run that made the page, from the only element that differs between runs. */
import { RUN_ELEMENT, type EmbeddedRun } from '#shared/format/report-format.js';

/** Undefined while the page is loading, and if its end is missing. */
export function readRun(): EmbeddedRun | undefined {
  const json = document.getElementById(RUN_ELEMENT)?.textContent;
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json) as EmbeddedRun;
  } catch {
    return undefined;
  }
}
