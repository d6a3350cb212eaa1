/** Copying to the clipboard, also where the page has no secure context (an S3 website is plain http). */

/**
 * True where the text is in the clipboard now.
 *
 * @param host the open dialog, where there is one: outside it nothing can be selected
 */
export async function copyText(text: string, host: HTMLElement = document.body): Promise<boolean> {
  if (isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Refused, by a policy or because the page has no focus: the old way may still do.
    }
  }
  return copyBySelection(text, host);
}

function copyBySelection(text: string, host: HTMLElement): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'hidden-text';
  area.readOnly = true;
  host.append(area);
  area.select();
  // Deprecated, and the only way without a secure context.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const isCopied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}
