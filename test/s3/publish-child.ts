/** A process of its own that publishes a folder's report, so that it can be killed: publish-child FOLDER BUCKET ENDPOINT. */
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { openS3Publisher } from '#scripts/publish/s3/s3.js';

const [folder = '', bucket = '', endpointUrl = ''] = process.argv.slice(2);
const target = { bucket, prefix: '', force: false, access: { kind: 'private' }, yes: true } as const;
const publisher = await openS3Publisher(
  { ...target, dryRun: false, deleteOldVersions: false },
  { profile: undefined, region: undefined, endpointUrl },
);
const names = ['index.html', 'manifest.json'] as const;
await publisher.publish(
  await publisher.plan(undefined),
  names.map((name) => ({ name, read: () => createReadStream(path.join(folder, name)) })),
);
publisher.close();
