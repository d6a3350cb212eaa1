/** The question before anything is changed in a bucket. */
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { CulpritError } from '#scripts/run/errors.js';
import { agreementFor } from '#scripts/cli/terminal/agreement.js';

interface Asked {
  readonly agreed: boolean;
  readonly shown: string;
}

async function ask(options: { yes?: boolean; dryRun?: boolean; isQuiet?: boolean }, keys?: string): Promise<Asked> {
  let shown = '';
  const answer = new PassThrough();
  const question = new PassThrough();
  // Whoever types before the question is there types into nothing.
  let isAsked = false;
  question.on('data', (chunk: Buffer) => {
    if (keys === undefined || isAsked || !chunk.toString().includes('Publish this report?')) return;
    isAsked = true;
    setImmediate(() => answer.write(keys));
  });
  const agree = agreementFor(
    'To be published:',
    'Publish this report?',
    { yes: false, dryRun: false, isQuiet: false, ...options },
    { keyboard: keys === undefined ? undefined : answer, forPeople: { write: (text) => (shown += text) }, question },
  );
  return { agreed: await agree(['  Where     s3://team/\u001b[2J']), shown };
}

it('is answered by a person who sees the plan', async () => {
  expect(await ask({}, 'y')).toEqual({ agreed: true, shown: '\nTo be published:\n  Where     s3://team/\\u{1b}[2J\n' });
  for (const keys of ['n', '\r', '\u0003']) {
    const { agreed, shown } = await ask({}, keys);
    expect(agreed).toBe(false);
    expect(shown).toMatch(/\nNothing was changed\.\n$/);
  }
});

it('is not asked with --yes; with --quiet, the plan is hidden then, but shown before a question', async () => {
  expect(await ask({ yes: true })).toMatchObject({ agreed: true });
  expect(await ask({ yes: true, isQuiet: true })).toEqual({ agreed: true, shown: '' });
  expect((await ask({ isQuiet: true }, 'y')).shown).toContain('To be published:');
});

it('is not asked with --dry-run, whose answer is no, with --yes too', async () => {
  for (const yes of [false, true]) {
    const { agreed, shown } = await ask({ dryRun: true, yes });
    expect(agreed).toBe(false);
    expect(shown).toContain('Where     s3://team/');
    expect(shown).toMatch(/\nNothing was changed \(--dry-run\)\.\n$/);
  }
});

it('is refused at once without a terminal', async () => {
  await expect(ask({})).rejects.toThrow(CulpritError);
  await expect(ask({})).rejects.toThrow('Add --yes to confirm, or --dry-run');
});
