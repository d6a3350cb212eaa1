/** The thin line over the table: how much of what was asked for is read or searched. */
import { byId } from '#public/ui/dom.js';

export class ProgressLine {
  private readonly line = byId('progress');

  /** @param share from 0 to 1, at which the line goes */
  show(share: number): void {
    this.line.style.transform = `scaleX(${String(share)})`;
    this.line.classList.toggle('is-done', share >= 1);
  }
}
