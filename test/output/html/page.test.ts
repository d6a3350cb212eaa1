/** The written page, as an HTML parser sees it: data cannot leave its element, and the policy names what is there. */
import { createHash } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { beforeAll, describe, expect, test } from 'vitest';
import { asciiScript, bundlePage, embeddable } from '#scripts/output/html/bundle.js';
import { scriptJson } from '#scripts/output/html/escape.js';
import { writePage } from '#scripts/output/html/page.js';
import { prepareShell, type PageShell } from '#scripts/output/html/shell.js';
import type { EmbeddedManifest } from '#shared/format/report-format.js';

type Element = DefaultTreeAdapterTypes.Element;

const HOSTILE = '</script><script>alert(1)</script><!--<script><img src=x onerror=alert(1)>\u2028\u2029"\'$& $1 $` ]]>';

const RUN = { startedAt: '2025-03-10T00:00:00.000Z', seconds: 1, command: `npm run report -- ${HOSTILE}` };

let shell: PageShell;

beforeAll(async () => {
  shell = await prepareShell();
});

function manifestWith(text: string): EmbeddedManifest {
  return {
    format: 'culprit-report',
    version: 1,
    rows: 0,
    top: { [text]: { top: [[text, 1]], distinct: 1 } },
  } as unknown as EmbeddedManifest;
}

async function written(
  manifest: EmbeddedManifest,
  blocks: readonly Uint8Array[] = [],
): Promise<{ html: string; chunks: (string | Uint8Array)[] }> {
  const chunks: (string | Uint8Array)[] = [];
  await writePage(
    manifest,
    blocks,
    () => RUN,
    (chunk) => Promise.resolve(void chunks.push(chunk)),
    shell,
  );
  return { html: chunks.map(String).join(''), chunks };
}

function elements(html: string, tag: string): Element[] {
  const found: Element[] = [];
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('tagName' in node && node.tagName === tag) found.push(node);
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parse(html));
  return found;
}

const textOf = ({ childNodes }: Element): string =>
  childNodes.map((node) => ('value' in node ? node.value : '')).join('');
const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((attr) => attr.name === name)?.value;
const sourceOf = (content: string): string =>
  `'sha256-${createHash('sha256').update(content, 'utf8').digest('base64')}'`;

describe('hostile data', () => {
  test('stays in the manifest’s element, letter by letter', async () => {
    const { html } = await written(manifestWith(HOSTILE));
    const plain = await written(manifestWith('x'));
    for (const tag of ['script', 'img', 'style', 'meta']) {
      expect(elements(html, tag)).toHaveLength(elements(plain.html, tag).length);
    }
    const manifest = elements(html, 'script').find((script) => attribute(script, 'id') === 'culprit-manifest');
    expect(JSON.parse(textOf(manifest as Element))).toEqual(manifestWith(HOSTILE));
  });

  test('of any kind is the same after a parser has read it', () => {
    const edgy = fc.string({
      unit: fc.constantFrom(
        '<',
        '!--',
        '-->',
        '/script',
        'script',
        '>',
        ' ',
        '\u2028',
        '\u2029',
        '\\',
        '"',
        '&lt;',
        '\0',
        '\r\n',
        'é',
        '$&',
      ),
    });
    fc.assert(
      fc.property(edgy, (text) => {
        const [script] = elements(
          `<body><script type="application/json">${scriptJson({ [text]: text })}</script><p>`,
          'script',
        );
        expect(JSON.parse(textOf(script as Element))).toEqual({ [text]: text });
      }),
      { numRuns: 3000 },
    );
  });
});

test('blocks come back byte for byte, in order, and are written in pieces', async () => {
  const blocks = Array.from({ length: 5 }, (_, i) =>
    Uint8Array.from({ length: 700_000 + i }, (_, at) => (at * 31 + i) & 0xff),
  );
  const { html, chunks } = await written(manifestWith('x'), blocks);
  const scripts = elements(html, 'script').filter((script) => attribute(script, 'id')?.startsWith('culprit-block-'));
  expect(scripts.map((script) => attribute(script, 'id'))).toEqual(blocks.map((_, i) => `culprit-block-${String(i)}`));
  scripts.forEach((script, i) => {
    expect(attribute(script, 'type')).toBe('application/octet-stream');
    expect(Buffer.from(textOf(script), 'base64').equals(blocks[i] as Uint8Array)).toBe(true);
  });
  expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThan(3_000_000);
});

test('the policy allows nothing but the page’s own scripts and style', async () => {
  const { html } = await written(manifestWith('x'));
  const [policy] = elements(html, 'meta').filter((meta) => attribute(meta, 'http-equiv') === 'Content-Security-Policy');
  const directives = new Map(
    (attribute(policy as Element, 'content') ?? '')
      .split('; ')
      .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]),
  );
  const run = elements(html, 'script').filter((script) => attribute(script, 'type') === undefined);
  expect(directives.get('default-src')).toEqual(["'none'"]);
  expect(directives.get('connect-src')).toEqual(["'none'"]);
  expect(directives.get('base-uri')).toEqual(["'none'"]);
  expect(directives.get('form-action')).toEqual(["'none'"]);
  expect(directives.get('script-src')).toEqual(run.map((script) => sourceOf(textOf(script))));
  expect(directives.get('style-src')).toEqual(elements(html, 'style').map((style) => sourceOf(textOf(style))));
  expect([...directives.values()].flat().filter((source) => /unsafe|\*|https?:/.test(source))).toEqual([]);
});

test('nothing in the structure needs what the policy forbids, and nothing is asked for', async () => {
  const { html } = await written(manifestWith('x'));
  const outside = html.replace(/<(script|style)\b[^>]*>[^]*?<\/\1>/g, '');
  expect(outside).not.toMatch(/\sstyle=|\son\w+=|https?:\/\/(?!www\.w3\.org)/);
  const [icon] = elements(html, 'link');
  expect(attribute(icon as Element, 'href')).toMatch(/^data:image\/svg\+xml,/);
});

test('the page’s code writes text only, never markup', () => {
  expect(shell.middle).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/);
});

test.each(['a<!--b', 'x="<script>"', '</SCRIPT', '</style'])('a bundle that holds %s fails the build', (text) => {
  expect(() => embeddable(text, 'main.ts')).toThrow('main.ts: the bundle holds');
});

test('a script in ASCII finds and says the same as the one that was written', () => {
  const script = String.raw`[/東京|é+/u.exec('x東京')[0], /[あ-ん]/.test('い'), '\\東😀', /\é/.test('é'), /^😀$/u.test('😀')]`;
  const ascii = asciiScript(script);
  expect(ascii).toMatch(/^\p{ASCII}*$/u);
  expect(runInNewContext(`JSON.stringify(${ascii})`)).toBe(JSON.stringify(['東京', true, '\\東😀', true, true]));
});

test('scripts and styles are at most 196 KB, gzip-ed, and the texts of all languages 27 KB', async () => {
  const sizes = Object.entries<string>({ ...(await bundlePage()) }).map(
    ([name, text]) => [name, gzipSync(text).length] as const,
  );
  const sum = sizes.reduce((all, [name, size]) => (name === 'texts' ? all : all + size), 0);
  console.info(`scripts and styles: ${String(sum)} bytes; ${sizes.map((of) => of.join(' ')).join(', ')}`);
  expect(sum).toBeLessThan(196_000);
  expect(Object.fromEntries(sizes)['texts']).toBeLessThan(27_000);
});

test('the same data makes the same page', async () => {
  expect((await written(manifestWith('x'))).html).toBe((await written(manifestWith('x'))).html);
  expect(await prepareShell()).toEqual(shell);
});
