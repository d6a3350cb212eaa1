/** Where a trail of tests lies: in an S3, or in a folder as `aws s3 sync` makes it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { S3Server } from '../s3-server/server.js';
import { temporaryFolder } from '../temporary-folder.js';
import type { SignedTrail } from './signed-trail.js';

/** Puts the trail into its bucket, which is made for it. */
export function putTrail(server: S3Server, { bucket, objects }: SignedTrail): void {
  server.createBucket(bucket);
  for (const [key, { body, metadata }] of objects) {
    const headers = Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]));
    server.putObject(bucket, key, body, { headers });
  }
}

/**
 * A new folder with the trail's objects.
 * @param withSignatures beside each digest what `aws s3api head-object` prints of it
 */
export function copyTrail({ objects }: SignedTrail, withSignatures: boolean): string {
  const folder = temporaryFolder();
  for (const [key, { body, metadata }] of objects) {
    const file = path.join(folder, key);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, body);
    if (withSignatures && 'signature' in metadata) {
      writeFileSync(`${file}.signature`, JSON.stringify({ ContentLength: body.length, Metadata: metadata }));
    }
  }
  return folder;
}
