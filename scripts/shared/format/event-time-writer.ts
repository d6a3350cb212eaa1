/** Writes times as `YYYY-MM-DDTHH:MM:SSZ`; fast for sorted times. */
import type { ByteWriter } from './bytes.js';

const SECONDS_A_DAY = 86_400;
/** The offset of the hour. */
const HOUR = 11;
const LENGTH = 20;

export class EventTimeWriter {
  private day = NaN;
  private second = NaN;
  /** The text of the current second. */
  private readonly text = new Uint8Array(LENGTH);
  private readonly view = new DataView(this.text.buffer);

  /**
   * Appends a time (milliseconds since 1970 UTC, before the year 10,000); with milliseconds only if they are not zero.
   */
  write(out: ByteWriter, time: number): void {
    // Remainders of such large numbers are slow.
    const second = Math.floor(time / 1000);
    if (second * 1000 !== time) return out.append(new TextEncoder().encode(new Date(time).toISOString()));
    if (second !== this.second) this.setSecond(second);
    out.copy(this.view, 0, LENGTH);
  }

  private setSecond(second: number): void {
    this.second = second;
    const day = Math.floor(second / SECONDS_A_DAY);
    if (day !== this.day) {
      this.day = day;
      this.text.set(new TextEncoder().encode(`${new Date(second * 1000).toISOString().slice(0, LENGTH - 1)}Z`));
    }
    const ofDay = second - day * SECONDS_A_DAY;
    const minutes = Math.floor(ofDay / 60);
    this.setTwoDigits(HOUR, Math.floor(minutes / 60));
    this.setTwoDigits(HOUR + 3, minutes % 60);
    this.setTwoDigits(HOUR + 6, ofDay % 60);
  }

  private setTwoDigits(at: number, value: number): void {
    this.text[at] = 0x30 + Math.floor(value / 10);
    this.text[at + 1] = 0x30 + (value % 10);
  }
}
