/** Checks what INPUT names. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { CulpritError } from '#scripts/run/errors.js';
import { parseS3 } from '#scripts/source/s3-address.js';
import { nearest } from './suggest.js';

const WEB_ADDRESS = /^https?:\/\/(?:([a-z0-9.-]+)\.s3[.-]|s3[.-][^/]*\/([a-z0-9.-]+))/i;

/**
 * Throws a `CulpritError` that says what to write instead, unless `input` is in S3 or exists: of kind `usage` if it can
 * never name logs, else of kind `source`.
 */
export function checkInput(input: string, cwd: string): void {
  if (parseS3(input) !== undefined) return;
  if (/^s3:/i.test(input)) {
    throw new CulpritError('usage', `${input} names no bucket. Use s3://BUCKET or s3://BUCKET/PREFIX.`);
  }
  const web = WEB_ADDRESS.exec(input);
  if (web !== null) {
    const bucket = web[1] ?? web[2] ?? 'BUCKET';
    throw new CulpritError('usage', `${input} is a web address. For the bucket, use s3://${bucket}.`);
  }
  if (existsSync(path.resolve(cwd, input))) return;
  const sibling = siblingOf(path.resolve(cwd, input));
  const hint =
    sibling === undefined
      ? `Use an existing folder or file, or s3://BUCKET`
      : `Did you mean ${path.join(path.dirname(input), sibling)}? For a bucket, use s3://BUCKET`;
  throw new CulpritError('source', `${input} does not exist. ${hint}.`);
}

/** The sibling of `missing` with the most similar name. */
function siblingOf(missing: string): string | undefined {
  try {
    return nearest(path.basename(missing), readdirSync(path.dirname(missing)));
  } catch {
    return undefined; // The folder is missing or unreadable too.
  }
}
