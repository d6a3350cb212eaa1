/** Reads the config file: JSON with one key per option, each of which is checked. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { CulpritError } from '#scripts/run/errors.js';
import { jsonFault } from './json-fault.js';
import type { Option, OptionKind } from './option.js';
import { OPTIONS, type SettingName, type Settings } from './options.js';
import { nearest } from './suggest.js';

export const DEFAULT_CONFIG_FILE = 'culprit.config.json';

export interface ConfigFile {
  /** As the user wrote it. */
  readonly name: string;
  /** Paths are relative to the working directory; in the file they are relative to the file's folder. */
  readonly settings: Settings;
}

const TEXT = v.pipe(v.string(), v.nonEmpty());
const SCHEMAS: Readonly<Record<OptionKind, v.GenericSchema>> = {
  text: TEXT,
  target: v.union([TEXT, v.literal(false)]),
  list: v.array(TEXT),
  number: v.pipe(v.number(), v.minValue(Number.MIN_VALUE)),
  switch: v.boolean(),
};
const EXPECTED: Readonly<Record<OptionKind, string>> = {
  text: 'a string',
  target: 'a string or false',
  list: 'a list of strings',
  number: 'a number greater than 0',
  switch: 'true or false',
};

const INPUTS: Pick<Option, 'key' | 'kind' | 'example'> = { key: 'inputs', kind: 'list', example: '["s3://my-trail"]' };
const KEYS = new Map(
  [INPUTS, ...OPTIONS.filter((option) => !('onlyFlag' in option))].map((entry) => [entry.key, entry]),
);
const SCHEMA = v.strictObject(
  Object.fromEntries([...KEYS.values()].map(({ key, kind }) => [key, v.optional(SCHEMAS[kind])])),
);

/**
 * The config file `wanted`, or the default one in `cwd` if it exists.
 * Throws a `CulpritError` of kind `usage` that names the file, the key and what is expected.
 */
export function readConfigFile(wanted: string | undefined, cwd: string): ConfigFile | undefined {
  const name = wanted ?? DEFAULT_CONFIG_FILE;
  let text: string;
  try {
    text = readFileSync(path.resolve(cwd, name), 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    if (code === 'ENOENT' && wanted === undefined) return undefined;
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    throw new CulpritError('usage', `The config file ${name} ${why}. Name another file with --config.`, {
      cause: error,
    });
  }
  return { name, settings: withPathsFrom(path.dirname(name), checked(text.replace(/^\uFEFF/, ''), name)) };
}

/**
 * One line that names the settings of a config file about trust and locations, which a user may not expect in a folder
 * that they just work in. Undefined if the file has no such setting or the command line overrides them.
 */
export function configNote({ name, settings }: ConfigFile, flags: Settings): string | undefined {
  const told = OPTIONS.flatMap((option: Option) => {
    const key = option.key as SettingName;
    const value = settings[key];
    if (option.told === undefined || value === undefined || flags[key] !== undefined) return [];
    if (option.kind === 'switch' && value !== true) return [];
    const shown = value === false ? 'none' : Array.isArray(value) ? value.join(', ') : String(value);
    return [`${option.told.replace('{}', () => shown)} ("${key}")`];
  });
  return told.length === 0 ? undefined : `Set by ${name}: ${told.join('; ')}.`;
}

function checked(text: string, name: string): Settings {
  const fault = jsonFault(text);
  if (fault !== undefined) {
    const { line, column, expected } = fault;
    throw new CulpritError('usage', `${name}:${line}:${column}: invalid JSON; expected ${expected} here.`);
  }
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CulpritError('usage', `${name} must contain one object, such as {"since": "7d"}, not ${kindOf(value)}.`);
  }
  const result = v.safeParse(SCHEMA, value);
  if (!result.success) {
    const first = result.issues[0].path?.[0];
    throw new CulpritError(
      'usage',
      keyFault(String(first?.key), (first as { value?: unknown } | undefined)?.value, name),
    );
  }
  return result.output;
}

/** The error message for an unknown key or a value of the wrong type. */
function keyFault(key: string, value: unknown, file: string): string {
  const known = KEYS.get(key);
  if (known !== undefined) {
    return `"${key}" in ${file} must be ${EXPECTED[known.kind]}, such as ${known.example}, not ${kindOf(value)}.`;
  }
  const flag = OPTIONS.find((option) => option.key === key)?.flag;
  if (flag !== undefined) return `"${key}" is not allowed in ${file}. Use --${flag} on the command line.`;
  const meant = nearest(key, KEYS.keys());
  const hint = meant === undefined ? `its keys are ${[...KEYS.keys()].join(', ')}` : `did you mean "${meant}"?`;
  return `${file} has an unknown key "${key}": ${hint}${meant === undefined ? '.' : ''}`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'this list';
  if (value === '') return 'an empty string';
  if (typeof value === 'boolean') return String(value);
  return { string: 'a string', number: 'this number' }[typeof value as string] ?? 'an object';
}

function withPathsFrom(folder: string, settings: Settings): Settings {
  const from = (input: string): string =>
    input.startsWith('s3:') || path.isAbsolute(input) ? input : path.join(folder, input);
  return {
    ...settings,
    ...(settings.inputs && { inputs: settings.inputs.map(from) }),
    ...(settings.out !== undefined && { out: from(settings.out) }),
    ...(typeof settings.cache === 'string' && { cache: from(settings.cache) }),
    ...(settings.keyFile !== undefined && { keyFile: from(settings.keyFile) }),
    ...(settings.passphraseFile !== undefined && { passphraseFile: from(settings.passphraseFile) }),
    ...(settings.rules && { rules: settings.rules.map(from) }),
    ...(settings.notify && {
      notify: settings.notify.map((target) => (/^(?:https?|arn):/.test(target) ? target : from(target))),
    }),
    ...(settings.suppress !== undefined && { suppress: from(settings.suppress) }),
    ...(settings.publicKeys && { publicKeys: settings.publicKeys.map(from) }),
  };
}
