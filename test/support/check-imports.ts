/** Holds every import of scripts/ and public/ against `import-rules.ts`: `npm run check:imports`. */
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { IMPORT_RULES, type ImportRule } from './import-rules.js';

const CHECKED = ['scripts', 'public'];

/** What the package's own imports (package.json) stand for. */
const ALIASES = [
  ['#shared/', 'scripts/shared/'],
  ['#scripts/', 'scripts/'],
  ['#public/', 'public/'],
] as const;

interface Import {
  /** As written. */
  readonly specifier: string;
  readonly line: number;
  readonly dynamic: boolean;
}

/** Every violation in the checkout at `root`, as sentences that name the file, what it imports and the rule. */
export function checkTree(root: string): string[] {
  const files = CHECKED.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => path.posix.join(folder, name.split(path.sep).join('/'))),
  ).sort();
  return files.flatMap((file) => checkFile(file, readFileSync(path.join(root, file), 'utf8')));
}

/** The violations in one file; `file` is its path from the root, with forward slashes. */
export function checkFile(file: string, text: string): string[] {
  const rule = ruleOf(file);
  if (rule === undefined) return [`${file}: no rule in test/support/import-rules.ts is about its folder; add one`];
  return importsOf(file, text).flatMap((found) => {
    const fault = faultOf(file, found, rule);
    return fault === undefined ? [] : [`${file}:${String(found.line)} imports ${fault}`];
  });
}

/** The rule of the file's folder, or else of the nearest folder above it. */
function ruleOf(file: string): ImportRule | undefined {
  const [first, ...others] = IMPORT_RULES.filter(({ folder }) => file.startsWith(folder));
  return others.reduce((best, rule) => (rule.folder.length > (best?.folder.length ?? 0) ? rule : best), first);
}

/** What is imported and why it must not be; undefined if it may be. */
function faultOf(file: string, { specifier, dynamic }: Import, rule: ImportRule): string | undefined {
  if (isBuiltin(specifier)) {
    const allowed = typeof rule.node === 'boolean' ? rule.node : rule.node.includes(specifier);
    return allowed ? undefined : `${specifier}: ${rule.because}`;
  }
  const target = ownFile(file, specifier);
  if (target === undefined) {
    if (isOneOf(specifier, rule.packages)) return undefined;
    const owners = IMPORT_RULES.filter(({ packages }) => isOneOf(specifier, packages)).map(({ folder }) => folder);
    return `${specifier}: ${owners.length === 0 ? 'no part of the project owns this package' : `it belongs to ${owners.join(', ')}`}`;
  }
  const other = ruleOf(target);
  if (other === rule) return undefined;
  if (other === undefined || !rule.ours.includes(other.folder)) return `${target}: ${rule.because}`;
  if (!dynamic && other.lazy === true && rule.lazy !== true) {
    return `${target}: it loads the AWS SDK, so it is imported with await import()`;
  }
  return undefined;
}

/** The path from the root of a file of ours; undefined for a package. */
export function ownFile(file: string, specifier: string): string | undefined {
  const alias = ALIASES.find(([prefix]) => specifier.startsWith(prefix));
  if (alias === undefined && !specifier.startsWith('.')) return undefined;
  const [prefix, folder] = alias ?? ['', `${path.posix.dirname(file)}/`];
  return path.posix.join(folder, specifier.slice(prefix.length)).replace(/\.js$/, '.ts');
}

/** Whether a package is named, itself or by its scope, or one of its parts is imported. */
function isOneOf(specifier: string, packages: readonly string[] = []): boolean {
  return packages.some((name) => specifier === name || specifier.startsWith(name.endsWith('/') ? name : `${name}/`));
}

export function importsOf(file: string, text: string): Import[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (node: ts.Node | undefined, dynamic: boolean): void => {
    if (node === undefined || !ts.isStringLiteralLike(node)) return;
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.push({ specifier: node.text, line: line + 1, dynamic });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier, false);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, false);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], true);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const violations = checkTree(path.join(import.meta.dirname, '..', '..'));
  for (const violation of violations) console.error(violation);
  process.exitCode = violations.length > 0 ? 1 : 0;
}
