/** Whether asking AWS makes sense. Does not use the AWS SDK: a run without INPUT should not load it. */
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { S3Config } from '#scripts/run/config.js';

/** Whether there is any sign of AWS credentials. Checks the environment and files; sends no request. */
export function mayHaveCredentials({ profile, endpointUrl }: S3Config, env: NodeJS.ProcessEnv): boolean {
  // An S3 that is not AWS has no trails of its own.
  if (endpointUrl !== undefined) return false;
  if (profile !== undefined) return true;
  const named = [
    'AWS_ACCESS_KEY_ID',
    'AWS_PROFILE',
    'AWS_DEFAULT_PROFILE',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  ];
  if (named.some((name) => (env[name] ?? '') !== '')) return true;
  const files = [
    env['AWS_SHARED_CREDENTIALS_FILE'] ?? path.join(os.homedir(), '.aws', 'credentials'),
    env['AWS_CONFIG_FILE'] ?? path.join(os.homedir(), '.aws', 'config'),
  ];
  return files.some((file) => existsSync(file));
}
