/**
 * Changes a bucket's policy while others may do the same. S3 has no condition for that: of two runs that read it at the
 * same moment, the later one undoes what the earlier one wrote. So it is read right before, and again a while after.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteBucketPolicyCommand, GetBucketPolicyCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import type { MiddlewareStack } from '@smithy/types';
import { CulpritError } from '#scripts/run/errors.js';
import type { BucketConnection } from '#scripts/aws/client.js';
import { failureOf } from '#scripts/aws/failure.js';
import { contestedPolicySentence } from '../plan/diagnosis.js';

/** How often it is written, where others keep undoing it. */
const MOST_TURNS = 8;
/** As often as the SDK sends a request. */
const MOST_UNANSWERED = 4;
/** Another run's change comes this many of its requests after it has read the policy, or sooner. */
const PATIENCE = 6;
const [LEAST_WAIT_MS, MOST_WAIT_MS] = [40, 2000];

interface PolicyEdit {
  /** Whether a policy, undefined for none, is as wanted. */
  readonly isDone: (policy: string | undefined) => boolean;
  /** The policy as it is to be; undefined for none. Throws where this one must not be changed. */
  readonly edit: (policy: string | undefined) => Promise<string | undefined>;
}

/**
 * Edits the policy as it is at this moment, until it is as wanted and stays so. Throws the SDK's error, what `edit` throws,
 * and a `CulpritError` of kind `publish` where others undo it again and again.
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
      // It is not known what became of the request.
      if (error instanceof SentOnce && ++unanswered > MOST_UNANSWERED) throw error.cause;
      // Or somebody else was writing at the same moment.
      if (!(error instanceof SentOnce) && failureOf(error).kind !== 'changed-meanwhile') throw error;
    }
    // Runs that were in step get out of step.
    const wait = (performance.now() - began) * PATIENCE * (1 + turn * Math.random());
    await sleep(Math.min(MOST_WAIT_MS, Math.max(LEAST_WAIT_MS, wait)));
  }
  if (!isDone(await currentPolicy(connection))) {
    throw new CulpritError('publish', contestedPolicySentence(connection.bucket));
  }
}

/** The policy as it is at this moment; undefined where there is none. Throws the SDK's error, also where it may not be read. */
export async function currentPolicy({ client, bucket }: BucketConnection): Promise<string | undefined> {
  try {
    const { Policy } = await client.send(new GetBucketPolicyCommand({ Bucket: bucket }));
    return Policy === '' ? undefined : Policy;
  } catch (error) {
    if ((error as Error).name === 'NoSuchBucketPolicy') return undefined;
    throw error;
  }
}

/** The request went out, and failed in a way that the SDK would try again. The cause is how. */
class SentOnce extends Error {}

/** Puts the policy, or deletes it. */
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

/** The SDK would send a request that failed again, seconds later, when another run may have changed the policy. */
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
