/**
 * Changes a bucket's policy while others may change it too. S3 has no conditional write for policies: of two runs that
 * read it at the same moment, the later one overwrites the change of the earlier one. The policy is therefore read
 * right before a change, and again some time after it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteBucketPolicyCommand, GetBucketPolicyCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import type { MiddlewareStack } from '@smithy/types';
import { CulpritError } from '#scripts/run/errors.js';
import type { BucketConnection } from '#scripts/aws/client.js';
import { failureOf } from '#scripts/aws/failure.js';
import { contestedPolicySentence } from '../plan/diagnosis.js';

/** The most writes, if others keep undoing the change. */
const MOST_TURNS = 8;
/** As often as the SDK attempts a request. */
const MOST_UNANSWERED = 4;
/** Another run writes within this many requests after it has read the policy. */
const PATIENCE = 6;
const [LEAST_WAIT_MS, MOST_WAIT_MS] = [40, 2000];

interface PolicyEdit {
  /** Whether a policy is as wanted; undefined stands for no policy. */
  readonly isDone: (policy: string | undefined) => boolean;
  /** The new policy; undefined for none. Throws if this policy must not be changed. */
  readonly edit: (policy: string | undefined) => Promise<string | undefined>;
}

/**
 * Edits the current policy until it is as wanted and stays so. Throws the SDK's error, the errors of `edit`, and a
 * `CulpritError` of kind `publish` if others keep undoing the change.
 */
export async function changePolicy(connection: BucketConnection, { isDone, edit }: PolicyEdit): Promise<void> {
  let unanswered = 0;
  for (let turn = 1; turn <= MOST_TURNS; turn++) {
    const began = performance.now();
    const now = await currentPolicy(connection);
    if (isDone(now)) return;
    const after = await edit(now);
    try {
      await put(connection, after);
    } catch (error) {
      // The outcome of the request is unknown.
      if (error instanceof SentOnce && ++unanswered > MOST_UNANSWERED) throw error.cause;
      // Or another writer changed the policy at the same moment.
      if (!(error instanceof SentOnce) && failureOf(error).kind !== 'changed-meanwhile') throw error;
    }
    // Random waits separate runs that are in step.
    const wait = (performance.now() - began) * PATIENCE * (1 + turn * Math.random());
    await sleep(Math.min(MOST_WAIT_MS, Math.max(LEAST_WAIT_MS, wait)));
  }
  if (!isDone(await currentPolicy(connection))) {
    throw new CulpritError('publish', contestedPolicySentence(connection.bucket));
  }
}

/** The current policy; undefined if there is none. Throws the SDK's error, also if access is denied. */
export async function currentPolicy({ client, bucket }: BucketConnection): Promise<string | undefined> {
  try {
    const { Policy } = await client.send(new GetBucketPolicyCommand({ Bucket: bucket }));
    return Policy === '' ? undefined : Policy;
  } catch (error) {
    if ((error as Error).name === 'NoSuchBucketPolicy') return undefined;
    throw error;
  }
}

/** The request was sent and failed in a way that the SDK would retry. The cause is the failure. */
class SentOnce extends Error {}

/** Writes the policy, or deletes it. */
async function put({ client, bucket }: BucketConnection, policy: string | undefined): Promise<void> {
  if (policy === undefined) {
    const command = new DeleteBucketPolicyCommand({ Bucket: bucket });
    sendOnce(command.middlewareStack);
    await client.send(command);
  } else {
    const command = new PutBucketPolicyCommand({ Bucket: bucket, Policy: policy });
    sendOnce(command.middlewareStack);
    await client.send(command);
  }
}

/** Turns the SDK's retries off: seconds later, another run may have changed the policy. */
function sendOnce<Input extends object, Output extends object>(stack: MiddlewareStack<Input, Output>): void {
  let failure: unknown;
  stack.add(
    (next) => async (args) => {
      if (failure !== undefined) throw new SentOnce(undefined, { cause: failure });
      try {
        return await next(args);
      } catch (error) {
        failure = error;
        throw error;
      }
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
}
