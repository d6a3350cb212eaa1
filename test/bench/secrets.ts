/** `npm run bench:secrets`: how long looking for secrets takes in texts that were made to take long, by their size. */
import { JsonTexts } from '#scripts/ingest/flatten/json-texts.js';
import { TextPool } from '#scripts/ingest/flatten/text-pool.js';
import { parseArgs } from 'node:util';

const HELP = `npm run bench:secrets -- [options]
  --mb N  the greater of the two sizes (default: 10)
  --help  show this`;

const { values } = parseArgs({
  options: { mb: { type: 'string', default: '10' }, help: { type: 'boolean', default: false } },
});

/** Pieces that are repeated up to the size. */
const PIECES: Readonly<Record<string, string>> = {
  'an error message': 'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: s3:GetObject on it. ',
  'password=': 'password=',
  'password = x': 'password = x ',
  passwords: 'passpass',
  quotes: 'password="',
  'escaped quotes': 'password=\\"',
  backslashes: '\\\\\\\\',
  'backslashes and a name': 'token\\\\\\\\',
  'JSON, deep': '{"password":',
  'lists, deep': '[',
  'JSON without an end': '{"a":"b","password":"',
  'beginnings of private keys': '-----BEGIN RSA PRIVATE KEY----',
  'private keys without an end': '-----BEGIN RSA PRIVATE KEY-----\nabc',
  'ends of certificates': '-----BEGIN EC PRIVATE KEY----- END CERTIFICATE-----',
  'beginnings of URLs': 'https://a:',
  URLs: '://a:b@c',
  ats: 'x://a:b@@@@@',
  'beginnings of tokens': 'ghp_',
  'beginnings of web tokens': '-eyJa',
  'web tokens without an end': 'eyJaaaaaaaaaa.eyJaaaaaaaaaa.',
  Bearer: 'Bearer ',
  base64: 'QUFB',
  'percent signs': '%25',
  entities: '&amp;',
  commands: 'curl -u ',
  drivers: 'a@tcp(',
  labels: '"name":"DB_PASSWORD",',
  'long names': 'a-'.repeat(2000) + 'password=x ',
  'spaces behind a name': 'password' + ' '.repeat(200),
};

/** Seconds of processor time for a text in a string of an event's parameters. */
function seconds(text: string): number {
  const bytes = new TextEncoder().encode(JSON.stringify({ errorMessage: text }));
  const texts = new JsonTexts(new TextPool(), false);
  const before = process.cpuUsage();
  texts.idOf(bytes, new DataView(bytes.buffer), 0, bytes.length);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

if (values.help) console.log(HELP);
else {
  const most = Number(values.mb) * 1e6;
  console.log(`Processor time for ${most / 4e6} MB and for ${most / 1e6} MB`);
  for (const [name, piece] of Object.entries(PIECES)) {
    const text = piece.repeat(Math.ceil(most / piece.length));
    const [quarter, whole] = [seconds(text.slice(0, most / 4)), seconds(text.slice(0, most))];
    console.log(`${name.padEnd(28)} ${quarter.toFixed(2)} s ${whole.toFixed(2)} s`);
  }
}
