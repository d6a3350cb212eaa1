/** Writes times as `YYYY-MM-DDTHH:MM:SSZ`, quickly for times in order. */
import type { ByteWriter } from './bytes.js';

const DAY_MS = 86_400_000;

export class EventTimeWriter {
  private day = NaN;
  private date = new Uint8Array(0);

  /** Appends the time (milliseconds since 1970 UTC), with milliseconds only where there are some. */
  write(out: ByteWriter, time: number): void {
    if (time % 1000 !== 0) return out.append(new TextEncoder().encode(new Date(time).toISOString()));
    const day = Math.floor(time / DAY_MS);
    if (day !== this.day) {
      this.day = day;
      this.date = new TextEncoder().encode(new Date(time).toISOString().slice(0, 11));
    }
    out.append(this.date);
    const seconds = (time - day * DAY_MS) / 1000;
    twoDigits(out, Math.floor(seconds / 3600));
    out.byte(0x3a);
    twoDigits(out, Math.floor(seconds / 60) % 60);
    out.byte(0x3a);
    twoDigits(out, seconds % 60);
    out.byte(0x5a);
  }
}

function twoDigits(out: ByteWriter, value: number): void {
  out.byte(0x30 + Math.floor(value / 10));
  out.byte(0x30 + (value % 10));
}
