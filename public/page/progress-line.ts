/** The thin line above the table that shows how much has been read or searched. */
import { byId } from '#public/ui/dom.js';

export class ProgressLine {
  private readonly line = byId('progress');

  /** @param share from 0 to 1; the line disappears at 1 */
  show(share: number): void {
    this.line.style.transform = `scaleX(${String(share)})`;
    this.line.classList.toggle('is-done', share >= 1);
  }
}
