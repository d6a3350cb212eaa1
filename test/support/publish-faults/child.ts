/** A process of its own that publishes, takes back or rotates, so that it can be killed: child ACT BUCKET ENDPOINT. */
import { ACTS } from './scenarios.js';

const [name, bucket = '', endpoint = ''] = process.argv.slice(2);
const act = ACTS.find((candidate) => candidate.name === name);
if (!act) throw new Error(`there is no act ${String(name)}`);
await act.run({ bucket }, endpoint);
