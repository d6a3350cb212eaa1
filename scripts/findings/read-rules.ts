/** Rules from files: our own, and those that --rules names. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { parseAllDocuments } from 'yaml';
import { CulpritError } from '#scripts/run/errors.js';
import { OWN_RULES } from '#scripts/run/installation.js';
import { type Refusal, type RuleSet, readRules, sentence } from '#scripts/investigate/findings/sigma/rule.js';

/** A file with more is no rule of anybody's. */
const MAX_BYTES = 1 << 20;

/** Our own rules and those at `paths`, folders below them too. Throws a `CulpritError` where one is not there. */
export function ruleFiles(paths: readonly string[]): readonly string[] {
  return [...filesBelow(OWN_RULES), ...paths.flatMap(filesAt)];
}

/** The rules in the files; what cannot be read is among those that were refused. */
export async function loadRules(files: readonly string[]): Promise<RuleSet> {
  const { parseAllDocuments } = await import('yaml');
  const documents: { readonly name: string; readonly document: unknown }[] = [];
  const refused: Refusal[] = [];
  for (const file of files) {
    const name = path.basename(file).replace(/\.ya?ml$/i, '');
    try {
      for (const document of documentsIn(file, parseAllDocuments)) documents.push({ name, document });
    } catch (error) {
      const why = error instanceof Error ? (error.message.split('\n')[0] as string) : String(error);
      refused.push({
        rule: name,
        title: name,
        why: sentence(`the file cannot be read as YAML: ${why.replace(/[.:]$/, '')}`),
      });
    }
  }
  const rules = readRules(documents);
  return { ...rules, refused: [...rules.refused, ...refused] };
}

function documentsIn(file: string, parse: typeof parseAllDocuments): readonly unknown[] {
  if (statSync(file).size > MAX_BYTES) throw new Error('it is larger than 1 MB');
  return parse(readFileSync(file, 'utf8'), { version: '1.2', strict: true }).map((document) => {
    const [fault] = document.errors;
    if (fault) throw fault;
    // Aliases may grow without end.
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  });
}

function filesAt(given: string): readonly string[] {
  let isFolder: boolean;
  try {
    isFolder = statSync(given).isDirectory();
  } catch {
    throw new CulpritError(
      'usage',
      `--rules ${given} does not exist. Name a file of Sigma rules, or a folder of them.`,
    );
  }
  if (!isFolder) return [given];
  const files = filesBelow(given);
  if (files.length > 0) return files;
  throw new CulpritError('usage', `--rules ${given} holds no file that ends in .yml or .yaml.`);
}

/** In the same order everywhere. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/i.test(name))
    .sort()
    .map((name) => path.join(folder, name));
}
