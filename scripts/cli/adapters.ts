/** Builds what stands behind the pipeline's ports. S3 is loaded only where an address says s3://. */
import type { RunConfig, VerifyConfig } from '#scripts/run/config.js';
import type { Encryption, Publisher } from '#scripts/publish/port.js';
import { parseS3 } from '#scripts/source/s3-address.js';
import type { LogSource } from '#scripts/source/port.js';
import type { KeySource } from '#scripts/verify/verifier.js';

/**
 * Opens an INPUT. Throws a `CulpritError` of kind `source` where it cannot be reached.
 * @param note told what is worth knowing with --verbose
 */
export async function openSource(
  input: string,
  { s3, filter, verify }: RunConfig,
  note: (sentence: string) => void,
): Promise<LogSource> {
  if (parseS3(input) === undefined) {
    const { openFolderSource } = await import('#scripts/source/folder/folder.js');
    return openFolderSource(input);
  }
  const { openS3Source } = await import('#scripts/source/s3/s3.js');
  return openS3Source(input, { s3, filter, withDigests: verify !== undefined, note });
}

/** What --publish names, looked at; undefined without it. Throws a `CulpritError` of kind `publish`. */
export async function openPublisher({ publish, s3 }: RunConfig): Promise<Publisher | undefined> {
  if (publish === undefined) return undefined;
  const { openS3Publisher } = await import('#scripts/publish/s3/s3.js');
  return openS3Publisher(publish, s3);
}

/** How what is published is encrypted; undefined: it is not. */
export async function openEncryption({ publish }: RunConfig): Promise<Encryption | undefined> {
  if (publish?.encryption === undefined) return undefined;
  const { prepareEncryption } = await import('#scripts/publish/encryption/encrypt.js');
  return prepareEncryption(publish.encryption);
}

/** Where public keys come from. Files are read now: what is wrong with them should be known before anything else. */
export async function openKeys({ publicKeys, configFile }: VerifyConfig, s3: RunConfig['s3']): Promise<KeySource> {
  if (publicKeys.length > 0) {
    const { readPublicKeys } = await import('#scripts/verify/keys/public-keys.js');
    return { from: 'file', keys: readPublicKeys(publicKeys), files: publicKeys, configFile };
  }
  return {
    from: 'cloudtrail',
    list: async (region, from, to) => {
      const { listPublicKeys } = await import('#scripts/verify/keys/cloudtrail-keys.js');
      return await listPublicKeys(s3, region, from, to);
    },
  };
}
