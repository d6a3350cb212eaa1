/** Finds what reads a call's effects. */
import { arnService } from '#shared/model/resource-name.js';
import { API_DATE } from '../deed-verbs.js';
import type { Call, Effect } from './effect.js';

export type Reader = (call: Call) => readonly Effect[];

/** Readers by `service:Call`. */
export class Readers {
  private readonly byCall = new Map<string, Reader[]>();

  add(service: string, calls: string, reader: Reader): void {
    for (const call of calls.split(' ')) {
      const key = `${service}:${call}`;
      this.byCall.set(key, [...(this.byCall.get(key) ?? []), reader]);
    }
  }

  of({ eventSource, eventName }: Pick<Call, 'eventSource' | 'eventName'>): readonly Reader[] {
    return this.byCall.get(`${arnService(eventSource)}:${eventName.replace(API_DATE, '')}`) ?? [];
  }
}
