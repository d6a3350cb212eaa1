/** Which events' times, written as the table shows them, contain a text. Days and seconds are written once each. */

const DAY = 86_400_000;

/** Sets mask[row] where `2025-03-06 02:14:37` contains the text (milliseconds are not looked at). */
export function markTimesWith(times: Float64Array, text: string, mask: Uint8Array): void {
  const [left, right, ...more] = text.split(' ');
  if (more.length > 0) return;
  const dayHas = new Map<number, boolean>();
  const secondHas = new Map<number, boolean>();
  const both = right !== undefined;
  for (let row = 0; row < mask.length; row++) {
    const time = times[row] as number;
    const day = Math.floor(time / DAY);
    let inDay = dayHas.get(day);
    if (inDay === undefined) {
      const written = new Date(day * DAY).toISOString().slice(0, 10);
      inDay = both ? written.endsWith(left as string) : written.includes(text);
      dayHas.set(day, inDay);
    }
    if (both ? !inDay : inDay) {
      mask[row] = both ? 0 : 1;
      continue;
    }
    const second = Math.floor((time - day * DAY) / 1000);
    let inTime = secondHas.get(second);
    if (inTime === undefined) {
      const written = new Date(second * 1000).toISOString().slice(11, 19);
      inTime = both ? written.startsWith(right) : written.includes(text);
      secondHas.set(second, inTime);
    }
    if (inTime) mask[row] = 1;
  }
}
