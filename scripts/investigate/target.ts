/** What was asked about, and which names in an event mean it. */
import { AskedName, arnService, type Place } from '#shared/model/resource-name.js';
import type { LogEvent } from './event-log.js';

export class Target extends AskedName {
  /** What is looked for in the events' details, in lower case: the name, and of an object its key, which stands alone there. */
  get mentions(): readonly string[] {
    const [name = ''] = this.readings.filter(({ isGuess }) => !isGuess).map((reading) => reading.name.toLowerCase());
    const key = name.slice(name.indexOf('/') + 1);
    return [...new Set([...this.needles.filter((needle) => name.includes(needle)), key])].filter(
      (text) => text.length > 1,
    );
  }

  /** Whether a name in an event's details means the target there. */
  meansIn(event: LogEvent, name: string): boolean {
    return this.means(name, placeOf(event));
  }
}

/** What an event says of the names in it. */
export function placeOf({ account, region, eventSource }: Pick<LogEvent, 'account' | 'region' | 'eventSource'>): Place {
  return { account, region, service: arnService(eventSource) };
}
