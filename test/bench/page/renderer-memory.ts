/** The memory of a tab: of the process that draws it. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';

interface ProcessInfo {
  readonly type: string;
  readonly id: number;
}

/**
 * What the largest renderer of this browser, which should have one tab, has in memory for itself, in bytes: Chrome's task
 * manager shows the same. Where the system does not tell (it is not Linux), with what it shares with other processes.
 */
export async function rendererMemory(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as { processInfo: readonly ProcessInfo[] };
  await session.detach();
  return Math.max(...processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => bytesOf(id)));
}

function bytesOf(pid: number): number {
  if (process.platform !== 'linux') {
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024;
  }
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const [anonymous, swapped] = ['RssAnon', 'VmSwap'].map((field) =>
    Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0),
  );
  return ((anonymous ?? 0) + (swapped ?? 0)) * 1024;
}
