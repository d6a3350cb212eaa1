import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { en } from '#public/text/en.js';
import { ja } from '#public/text/ja.js';
import { textTables } from '#scripts/output/html/text-tables.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

async function bundled(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${ROOT}public/${entry}`],
    bundle: true,
    write: false,
    format: 'esm',
    charset: 'utf8',
    plugins: [textTables(ROOT)],
    tsconfigRaw: '{}',
  });
  return outputFiles[0]?.text ?? '';
}

async function evaluated(entry: string): Promise<Record<string, unknown>> {
  const module = encodeURIComponent(await bundled(entry));
  return (await import(`data:text/javascript,${module}`)) as Record<string, unknown>;
}

const bothOf = (tables: Readonly<Record<string, Readonly<Record<string, string>>>>, name: string) =>
  [tables['en']?.[name], tables['ja']?.[name]].join(' / ');

test('a page holds every text in both languages: by its name where that is put together, else by a number', async () => {
  const page = { ...(await evaluated('text/en.ts')), ...(await evaluated('text/ja.ts')) } as Record<
    string,
    Record<string, string>
  >;
  const names = Object.keys(en);
  const inPage = Object.keys(page['en'] ?? {}).map((name) => bothOf(page, name));
  expect(inPage.sort()).toEqual(names.map((name) => bothOf({ en, ja }, name)).sort());
  const kept = Object.keys(page['en'] ?? {}).filter((name) => !/^\d+$/.test(name));
  expect(kept).toContain('answer.label');
  expect(kept).toContain('warning.gzip-truncated');
  expect(kept.length).toBeLessThan(names.length / 2);
  for (const name of kept) expect(bothOf(page, name)).toBe(bothOf({ en, ja }, name));
});

test('the page’s code asks for a text by that number', async () => {
  const page = await evaluated('text/en.ts');
  const [, number = ''] = /text\("(\d+)"\)/.exec(await bundled('page/app.ts')) ?? [];
  expect(Object.values(en)).toContain((page['en'] as Record<string, string>)[number]);
  expect(await bundled('coverage/dialog.ts')).not.toContain('"coverage.title"');
});
