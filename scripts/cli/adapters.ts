/** Builds the implementations of the pipeline's ports. S3 code is loaded only if an address starts with s3://. */
import type { RunConfig, VerifyConfig } from '#scripts/run/config.js';
import type { Encryption, Publisher } from '#scripts/publish/port.js';
import { parseS3 } from '#scripts/source/s3-address.js';
import type { LogSource } from '#scripts/source/port.js';
import type { KeySource } from '#scripts/verify/verifier.js';

/**
 * Opens an INPUT. Throws a `CulpritError` of kind `source` if it cannot be reached.
 * @param note receives messages for --verbose
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

/**
 * The publisher for --publish, after a check of the bucket; undefined without --publish. Throws a `CulpritError` of
 * kind `publish`.
 */
export async function openPublisher({ publish, s3 }: RunConfig): Promise<Publisher | undefined> {
  if (publish === undefined) return undefined;
  const { openS3Publisher } = await import('#scripts/publish/s3/s3.js');
  return openS3Publisher(publish, s3);
}

/** How to encrypt what is published; undefined: not at all. */
export async function openEncryption({ publish }: RunConfig): Promise<Encryption | undefined> {
  if (publish?.encryption === undefined) return undefined;
  const { prepareEncryption } = await import('#scripts/publish/encryption/encrypt.js');
  return prepareEncryption(publish.encryption);
}

/**
 * Where public keys come from. Reads key files at once, so that problems with them are reported before anything else.
 */
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
