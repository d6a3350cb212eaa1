/**
 * The workers' program as one piece of JavaScript. Node 20 gives worker threads no TypeScript loader of their own;
 * registering tsx in each of them takes 0.3 s, half of a small report's time, and bundling 0.05 s.
 */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** esbuild lives for seconds here, and collects its garbage as if it were to live for days: a seventh of its time. */
process.env.GOGC ??= '400';

const ENTRY = fileURLToPath(new URL('./worker.ts', import.meta.url));

/**
 * The program, as CommonJS: that is what Node 20 runs from a string.
 * @param sourcemap `inline` makes a stack name the lines of the sources
 */
export async function bundleWorker(sourcemap: 'inline' | false = 'inline'): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [ENTRY],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap,
    sourcesContent: false,
    minify: sourcemap === false,
    write: false,
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error('esbuild gave no output');
  return output.text;
}
