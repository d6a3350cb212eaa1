/** What is masked of a corpus: of secrets how many, of harmless texts how many without need. */
import { JsonTexts } from '#scripts/ingest/flatten/json-texts.js';
import { TextPool } from '#scripts/ingest/flatten/text-pool.js';
import { type Leak, Verbatim } from './secret-forms.js';

export interface FormResult {
  readonly form: string;
  readonly tried: number;
  /** What went wrong: parameters as they are after masking. */
  readonly faults: readonly string[];
}

/** So many characters of a secret in a row must not be left. */
const LEFT = 6;

/** The JSON of an event's parameters, masked as in a run. */
function maskedJson(parameters: unknown): string {
  const texts = new JsonTexts(pool, false);
  const json = parameters instanceof Verbatim ? parameters.text : JSON.stringify(parameters);
  const bytes = new TextEncoder().encode(json);
  return Buffer.from(pool.bytesOf(texts.idOf(bytes, new DataView(bytes.buffer), 0, bytes.length))).toString();
}

const pool = new TextPool();

/** For each form, the secrets of which something is left. */
export function missed(forms: ReadonlyMap<string, readonly Leak[]>): FormResult[] {
  return Array.from(forms, ([form, leaks]) => ({
    form,
    tried: leaks.length,
    faults: leaks
      .map(({ parameters, secrets }) => ({ left: maskedJson(parameters), secrets }))
      .filter(({ left, secrets }) => !isJson(left) || secrets.some((secret) => isLeft(secret, left)))
      .map(({ left }) => left),
  }));
}

/** For each form, the texts of which something was masked. */
export function falseAlarms(forms: ReadonlyMap<string, readonly unknown[]>): FormResult[] {
  return Array.from(forms, ([form, texts]) => ({
    form,
    tried: texts.length,
    faults: texts
      .map((text) => [JSON.stringify(text), maskedJson(text)] as const)
      .filter(([before, after]) => before !== after)
      .map(([, after]) => after),
  }));
}

function isLeft(secret: string, text: string): boolean {
  for (let at = 0; at + LEFT <= secret.length; at++) if (text.includes(secret.slice(at, at + LEFT))) return true;
  return false;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

export function total(results: readonly FormResult[]): { tried: number; faults: number } {
  return results.reduce(
    (sum, { tried, faults }) => ({ tried: sum.tried + tried, faults: sum.faults + faults.length }),
    { tried: 0, faults: 0 },
  );
}
