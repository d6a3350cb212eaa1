/** Asks for the code of an MFA device. */
import type { Readable, Writable } from 'node:stream';

/** The six digits that the user typed; undefined if the user cancelled. */
export async function askForCode(question: string, input: Readable, output: Writable): Promise<string | undefined> {
  const { isCancel, text } = await import('@clack/prompts');
  const code = await text({
    message: question,
    input,
    output,
    validate: (value) => (/^\d{6}$/.test(value?.trim() ?? '') ? undefined : 'A code has six digits.'),
  });
  return isCancel(code) ? undefined : code.trim();
}
