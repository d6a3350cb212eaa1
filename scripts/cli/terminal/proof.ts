/** The result of --verify, in lines. */
import type { ReportManifest } from '#shared/model/manifest.js';
import {
  TAMPERING,
  UNPROVABLE,
  UNPROVEN,
  isTampering,
  type Finding,
  type Verification,
} from '#shared/model/verification.js';
import { counted, grouped, printable } from './format.js';

/** The most names to show of each kind of finding; the manifest has more. */
const SHOWN = 10;

interface ProofLines {
  /** Whether everything is as CloudTrail delivered it. */
  readonly isGood: boolean;
  readonly lines: readonly string[];
}

/** The lines, without line ends; undefined if there was nothing to verify. */
export function proofLines({ verification }: Pick<ReportManifest, 'verification'>): ProofLines | undefined {
  if (verification === undefined) return undefined;
  const { state, findings, keys, unprovable } = verification;
  return {
    isGood: state === 'verified',
    lines: [
      headline(verification),
      ...(keys.problem === undefined ? [] : [`  ${printable(keys.problem)}`]),
      ...codesOf(findings.first).flatMap(([code, names]) => codeLines(code, names)),
      ...(findings.count > findings.first.length
        ? [
            `  ${counted(findings.count, 'finding')} in all; manifest.json has the first ${grouped(findings.first.length)}`,
          ]
        : []),
      ...keysLines(keys),
      // With tampering, this does not matter.
      ...(state === 'tampered' || unprovable.length === 0
        ? []
        : ['  Digests cannot prove:', ...unprovable.map((code) => `    ${UNPROVABLE[code]}`)]),
    ],
  };
}

function headline({ state, logs, digests }: Verification): string {
  const all = logs.verified + logs.tampered + logs.missing + logs.unproven;
  const by = counted(digests.valid, 'signed digest');
  switch (state) {
    case 'tampered':
      return `TAMPERED WITH: some files are not as CloudTrail delivered them; ${grouped(logs.verified)} of ${counted(all, 'log')} verified (${by}).`;
    case 'verified':
      return `Verified: ${counted(logs.verified, 'log')} unchanged since delivery (${by}).`;
    case 'partly':
      return `Partly verified: ${grouped(logs.verified)} of ${counted(all, 'log')} unchanged since delivery (${by}).`;
    default:
      return digests.unproven === 0
        ? `Not verified: no digest was found. Check that log file validation is on and that INPUT contains AWSLogs/ACCOUNT/CloudTrail-Digest/.`
        : `Not verified: the signatures of ${counted(digests.unproven, 'digest')} could not be checked.`;
  }
}

/** Where the public keys come from, if not from CloudTrail itself. */
function keysLines({ files, configFile, count }: Verification['keys']): string[] {
  if (files === undefined) return [];
  const by = configFile === undefined ? '--public-keys' : `${printable(configFile)}, not the command line`;
  return [
    `  Signatures were checked with ${counted(count, 'public key')} from ${printable(files.join(', '))} (given by ${by}).`,
  ];
}

/** Names by code; tampering comes first, as in the manifest. */
function codesOf(findings: readonly Finding[]): [Finding['code'], string[]][] {
  const codes = new Map<Finding['code'], string[]>();
  for (const { code, name } of findings) {
    const names = codes.get(code);
    if (names === undefined) codes.set(code, [name]);
    else names.push(name);
  }
  return [...codes];
}

function codeLines(code: Finding['code'], names: readonly string[]): string[] {
  const shown = names.slice(0, isTampering(code) ? SHOWN : 1);
  const more = names.length - shown.length;
  return [
    `  ${grouped(names.length)} × ${isTampering(code) ? TAMPERING[code] : UNPROVEN[code]}`,
    ...shown.map((name) => `    ${printable(name)}`),
    ...(more > 0 ? [`    and ${counted(more, 'other')}: "verification" in manifest.json`] : []),
  ];
}
