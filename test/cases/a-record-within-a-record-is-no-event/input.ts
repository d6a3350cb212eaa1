/** Whoever calls an API chooses its parameters: what looks like a record there is none. */
import { record } from '../../support/records.js';

const inner = record(9);

export default {
  'a.json': JSON.stringify({
    Records: [
      record(1, { requestParameters: { detail: inner, entries: [inner], text: JSON.stringify(inner) } }),
      record(2, { detail: inner }),
    ],
  }),
  'not-whole.json': JSON.stringify({ alert: 'x', detail: { eventTime: '2025-03-03T00:00:00Z', eventName: 'X' } }),
};
