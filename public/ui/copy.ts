/** Copies to the clipboard, also without a secure context (an S3 website uses plain HTTP). */

/**
 * Copies the text; resolves to true if it is in the clipboard now.
 *
 * @param host the open dialog, if there is one: nothing outside it can be selected
 */
export async function copyText(text: string, host: HTMLElement = document.body): Promise<boolean> {
  if (isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Refused by a policy, or because the page has no focus: the older method may still work.
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
  // Deprecated, but the only way without a secure context.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const isCopied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}
