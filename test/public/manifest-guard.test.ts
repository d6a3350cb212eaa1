/** A page whose manifest is not as it was written says which field is wrong, instead of failing somewhere later. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readManifest } from '#public/page/manifest-guard.js';
import { embeddedReport } from '../support/embedded-report.js';
import { report } from '../support/pipeline-run.js';

type Json = Record<string, unknown>;

const CASE = path.join(import.meta.dirname, '..', 'cases', 'resources-of-ec2-calls', 'input');

/** Fields that may be absent, or may have any key. */
const OPTIONAL =
  /\.given$|\.lists$|\.(?:limits|redaction|masked|unlisted|lost|verification|folders|problem)$|^top\.\w+$/;

let written: string;

beforeAll(async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'culprit-manifest-'));
  try {
    const { manifest } = embeddedReport((await report([CASE], path.join(folder, 'out'))).page);
    written = JSON.stringify(manifest);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Every field as the names and places that lead to it; of a list its first item. */
function paths(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Object.entries(value).slice(0, Array.isArray(value) ? 1 : undefined);
  return [...(path.length > 0 ? [path] : []), ...entries.flatMap(([name, of]) => paths(of, [...path, name]))];
}

/** The manifest with one field changed. */
function changed(path: readonly string[], change: (holder: Json, name: string) => void): string {
  const manifest = JSON.parse(written) as Json;
  const holder = path.slice(0, -1).reduce<Json>((object, name) => object[name] as Json, manifest);
  change(holder, path.at(-1) as string);
  return JSON.stringify(manifest);
}

const REASON = /^(?:the description of its data has no valid “[\w.]+”|its data format is .*, but this page reads .*)$/;

test('a manifest as it was written is taken as it is', () => {
  expect(readManifest(written)).toEqual(JSON.parse(written));
  expect(paths(JSON.parse(written)).length).toBeGreaterThan(120);
});

test('each field that is missing is named', () => {
  for (const path of paths(JSON.parse(written))) {
    const name = path.join('.');
    // An item of a list is not missing, the list is shorter.
    if (OPTIONAL.test(name) || /^\d+$/.test(path.at(-1) as string)) continue;
    const json = changed(path, (holder, field) => (holder[field] = undefined));
    expect(() => readManifest(json), name).toThrow(REASON);
  }
});

test.each([null, 'x', -1, 0.5, true, [null], { x: 1 }])('each field that is %j instead is named', (value) => {
  for (const path of paths(JSON.parse(written))) {
    const name = path.join('.');
    const was = path.reduce<unknown>((object, field) => (object as Json)[field], JSON.parse(written));
    const isAlike = typeof was === typeof value && was !== null && value !== null && typeof was !== 'object';
    if (
      isAlike ||
      (name === 'report.timeRange' && value === null) ||
      /^top|^detail\.shortened|^briefing\.lines\.\d+\.(?:en|ja)\.\d+$/.test(name)
    )
      continue;
    const json = changed(path, (holder, field) => (holder[field] = value));
    expect(() => readManifest(json), name).toThrow(REASON);
  }
});

test.each(['rows', 'identities', 'columns.0.values', 'time.blocks.0.count', 'identity.blocks.0.block'])(
  'a number that contradicts the others is found: %s',
  (name) => {
    for (const by of [1, 1e6]) {
      const json = changed(name.split('.'), (holder, field) => (holder[field] = (holder[field] as number) + by));
      if (name.endsWith('.block') && by === 1) continue;
      expect(() => readManifest(json), name).toThrow(REASON);
    }
  },
);

test('text that is empty or not JSON is reported as damaged', () => {
  for (const json of ['', written.slice(0, -1), `${written}}`]) {
    expect(() => readManifest(json)).toThrow('the description of its data is cut off or damaged');
  }
  for (const json of ['null', '[]', '7', '{}']) expect(() => readManifest(json)).toThrow(REASON);
});
