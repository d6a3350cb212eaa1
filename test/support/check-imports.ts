/** Holds every import of scripts/ and public/ against `import-rules.ts`: `npm run check:imports`. */
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { IMPORT_RULES, LAZY, type ImportRule } from './import-rules.js';

const CHECKED = ['scripts', 'public'];

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
  const rule = IMPORT_RULES.find(({ files }) => startsAny(file, files));
  if (rule === undefined) return [`${file}: no rule in test/support/import-rules.ts is about it; add one`];
  return importsOf(file, text).flatMap((found) => {
    const fault = faultOf(file, found, rule);
    return fault === undefined ? [] : [`${file}:${String(found.line)} imports ${fault}`];
  });
}

/** What is imported and why it must not be; undefined if it may be. */
function faultOf(file: string, { specifier, dynamic }: Import, rule: ImportRule): string | undefined {
  if (isBuiltin(specifier)) return rule.node ? undefined : `${specifier}: ${rule.because}`;
  if (!specifier.startsWith('.')) {
    if (startsAny(specifier, rule.packages ?? [])) return undefined;
    const owners = IMPORT_RULES.filter(({ packages }) => startsAny(specifier, packages ?? []));
    const owned = owners.map(({ files }) => files.join(', ')).join(', ');
    return `${specifier}: ${owned === '' ? 'no part of the project owns this package' : `it belongs to ${owned}`}`;
  }
  const target = path.posix.join(path.posix.dirname(file), specifier).replace(/\.js$/, '.ts');
  if (!startsAny(target, [...rule.files, ...rule.ours])) return `${target}: ${rule.because}`;
  if (!dynamic && startsAny(target, LAZY) && !startsAny(file, LAZY)) {
    return `${target}: it loads the AWS SDK, so it is imported with await import()`;
  }
  return undefined;
}

/** Whether `name` is one of `entries`, or begins with one that is a beginning: `x/` or `x/y`, but not `x.ts`. */
function startsAny(name: string, entries: readonly string[]): boolean {
  return entries.some((entry) => name === entry || (!entry.endsWith('.ts') && name.startsWith(entry)));
}

function importsOf(file: string, text: string): Import[] {
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
