/** Redacts the manifest, including the names of files, folders and trails. */
import { WARNINGS, type ReportManifest, type WarningCode } from '#shared/model/manifest.js';
import type { Redactor } from './redactor.js';

type Described = Omit<ReportManifest, 'run' | 'outputs'>;

/** Fields whose texts are Culprit's own words, numbers or times. */
const OWN: ReadonlySet<string> = new Set(
  'tool version code kind state from to since until gaps timeRange what sessions findings'.split(' '),
);
const LOG_FILE = /^(\d{12})_(CloudTrail[\w-]*_[a-z0-9-]+_\d{8}T\d{4,6}Z)_(.+?)((?:\.json)?(?:\.gz)?)$/;

/** The redacted manifest. Numbers stay; every text that is not Culprit's own is replaced. */
export function redactManifest(manifest: Described, redactor: Redactor): Described {
  const redacted = redactAll(manifest, '', redactor) as Described;
  const { accounts, coverage, limits } = redacted;
  return {
    ...redacted,
    accounts: [...accounts].sort(),
    coverage: { ...coverage, places: [...coverage.places].sort(byPlace) },
    ...(limits?.accounts && { limits: { ...limits, accounts: [...limits.accounts].sort() } }),
  };
}

function redactAll(value: unknown, key: string, redactor: Redactor): unknown {
  if (Array.isArray(value)) return (value as unknown[]).map((item) => redactAll(item, key, redactor));
  if (typeof value === 'object' && value !== null) {
    const code = (value as { code?: unknown }).code;
    return Object.fromEntries(
      Object.entries(value).map(([name, of]) => [
        name,
        OWN.has(name) ? of : name === 'reason' ? reasonOf(code) : redactAll(of, name, redactor),
      ]),
    );
  }
  return typeof value === 'string' ? textOf(value, key, redactor) : value;
}

function textOf(text: string, key: string, redactor: Redactor): string {
  if (key === 'account' || key === 'accounts') return redactor.value(text, 'account');
  if (key === 'region' || key === 'regions') return redactor.anywhere(text);
  if (key === 'problem') return redactor.sentence(text);
  return redactedPath(text, redactor);
}

/** A file's path, possibly followed by more text. */
export function redactedPath(text: string, redactor: Redactor): string {
  return text.replaceAll(/[^/\s]+/g, (part) => {
    const [, account = '', middle = '', unique = '', ending = ''] = LOG_FILE.exec(part) ?? [];
    if (account === '') return redactor.value(part, 'name');
    return `${redactor.account(account)}_${middle}_${redactor.value(unique, 'file')}${ending}`;
  });
}

/** The sentence of the fault; the system's own sentence may contain paths. */
function reasonOf(code: unknown): string {
  return typeof code === 'string' && code in WARNINGS ? WARNINGS[code as WarningCode] : '';
}

function byPlace(a: { account: string; region: string }, b: { account: string; region: string }): number {
  if (a.account !== b.account) return a.account < b.account ? -1 : 1;
  return a.region < b.region ? -1 : 1;
}
