/** Saves a file from the page. */

/** How long a saved file's address is kept: a browser may ask where to save it first. In milliseconds. */
const KEPT = 600_000;

export function download(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT);
}
