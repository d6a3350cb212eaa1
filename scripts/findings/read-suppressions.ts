/** Suppressions from a file. */
import { existsSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { CulpritError } from '#scripts/run/errors.js';
import type { Suppression } from '#scripts/investigate/findings/suppress.js';

const TEXT = v.pipe(v.string(), v.trim(), v.nonEmpty());
const FORM = v.array(
  v.strictObject({
    rule: TEXT,
    actor: v.optional(TEXT),
    resource: v.optional(TEXT),
    until: v.optional(
      v.pipe(
        TEXT,
        v.check((text) => /^\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?$/.test(text) && !Number.isNaN(Date.parse(text))),
      ),
    ),
    reason: TEXT,
  }),
);

/** Read where no file is named, if it is there. */
const USUAL_FILE = 'culprit.suppress.yml';

/** Throws a `CulpritError` where the file cannot be read, or says something else than suppressions. */
export async function readSuppressions(named: string | undefined): Promise<readonly Suppression[]> {
  if (named === undefined && !existsSync(USUAL_FILE)) return [];
  const file = named ?? USUAL_FILE;
  const { parse } = await import('yaml');
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8'), { maxAliasCount: 0 });
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] as string) : String(error);
    throw new CulpritError('usage', `${file} cannot be read: ${why.replace(/[.:]$/, '')}.`);
  }
  const result = v.safeParse(FORM, content ?? []);
  if (result.success) return result.output as readonly Suppression[];
  const [issue] = result.issues;
  const place = v.getDotPath(issue) ?? '';
  const [entry, field] = place.split('.');
  const where =
    entry === undefined || entry === ''
      ? ''
      : `, entry ${String(Number(entry) + 1)}${field === undefined ? '' : `, "${field}"`}`;
  throw new CulpritError(
    'usage',
    `${file}${where} is not a suppression. Each entry has "rule" and "reason", and may have "actor", "resource" and "until" (2026-12-31).`,
  );
}
