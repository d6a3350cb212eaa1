import { beforeEach, expect, test } from 'vitest';
import type { RunConfig } from '#scripts/run/config.js';
import { Terminal } from '#scripts/cli/terminal/terminal.js';

const ERASE = '\r\u001b[2K';

let now: number;
let writes: string[];

beforeEach(() => {
  now = 5000;
  writes = [];
});

function terminal(kind: 'tty' | 'pipe', verbosity: RunConfig['verbosity'] = 'normal', columns = 100): Terminal {
  const screen = { write: (text: string) => writes.push(text), isTTY: kind === 'tty', columns };
  return new Terminal(screen, { verbosity, color: false, clock: () => now });
}

test('in a pipe a stage is a line when it begins and one with its totals when it ends', () => {
  const progress = terminal('pipe');
  progress.begin('read');
  now += 2000;
  progress.update({ files: 2900, totalFiles: 2900, bytes: 1_234_567, totalBytes: 1_234_567, events: 1_000_000 });
  progress.end();
  expect(writes).toEqual(['Reading …\n', 'Read 2,900 files · 1.2 MB · 1,000,000 events · 500,000 events/s · 2.0 s\n']);
});

test('a stage that found no file says so', () => {
  const progress = terminal('pipe');
  for (const stage of ['read', 'sort'] as const) {
    progress.begin(stage);
    progress.end();
  }
  expect(writes.filter((line) => !line.includes('…'))).toEqual(['Read 0 files · 0.0 s\n', 'Sorted 0.0 s\n']);
});

test('on a terminal a stage is one line that is drawn again, at most ten times a second', () => {
  const progress = terminal('tty');
  progress.begin('read');
  for (let i = 1; i <= 30; i++) {
    now += 10;
    progress.update({ files: i });
  }
  progress.end();
  expect(writes).toEqual([
    `${ERASE}Reading    `,
    `${ERASE}Reading    10 files`,
    `${ERASE}Reading    20 files`,
    `${ERASE}Reading    30 files`,
    ERASE,
    'Read       30 files · 0.3 s\n',
  ]);
});

test('the line of a stage says how far it is and how long it will take', () => {
  const progress = terminal('tty');
  progress.begin('read');
  now += 3000;
  progress.update({ files: 40, totalFiles: 100, bytes: 30e6, totalBytes: 120e6, events: 60_000 });
  expect(writes.at(-1)).toBe(
    `${ERASE}Reading    40/100 files · 30.0 MB of 120.0 MB · 60,000 events · 20,000 events/s · 9 s left`,
  );
  progress.update({ events: 1, totalEvents: 4 });
  now += 3000;
  progress.update({ events: 2, totalEvents: 4 });
  expect(writes.at(-1)).toBe(`${ERASE}Reading    2 of 4 events · 0 events/s · 6 s left`);
});

test('no time is predicted before a second has passed', () => {
  const progress = terminal('tty');
  progress.begin('read');
  now += 900;
  progress.update({ files: 1, totalFiles: 100 });
  expect(writes.at(-1)).toBe(`${ERASE}Reading    1/100 files`);
});

test('a line never reaches the edge of the terminal, where it would wrap', () => {
  const progress = terminal('tty', 'normal', 30);
  progress.begin('read');
  now += 3000;
  progress.update({ files: 40, totalFiles: 100, bytes: 30e6, totalBytes: 120e6, events: 60_000 });
  const line = (writes.at(-1) ?? '').slice(ERASE.length);
  expect(line).toBe('Reading    40/100 files · 30…');
  expect(line.length).toBeLessThan(30);
});

test('a terminal of unknown width counts as 80 columns wide', () => {
  const progress = terminal('tty', 'normal', 0);
  progress.begin('read');
  now += 100;
  progress.update({ files: 40, totalFiles: 100 });
  expect(writes.at(-1)).toBe(`${ERASE}Reading    40/100 files`);
});

test('--quiet draws nothing', () => {
  for (const kind of ['tty', 'pipe'] as const) {
    const progress = terminal(kind, 'quiet');
    progress.begin('read');
    now += 1000;
    progress.update({ files: 1 });
    progress.note('A note.');
    progress.end();
    progress.clear();
  }
  expect(writes).toEqual([]);
});

test('notes are for --verbose and --debug, and leave the line of the stage whole', () => {
  terminal('tty').note('Not now.');
  expect(writes).toEqual([]);
  const progress = terminal('tty', 'verbose');
  progress.begin('read');
  progress.note('Two regions.');
  expect(writes).toEqual([`${ERASE}Reading    `, ERASE, '  Two regions.\n', `${ERASE}Reading    `]);
  writes = [];
  terminal('pipe', 'debug').note('Two regions.');
  expect(writes).toEqual(['  Two regions.\n']);
});

test('a note cannot send commands to the terminal', () => {
  terminal('pipe', 'verbose').note('logs/\u001b]0;owned\u0007\u001b[2J\u202egz.json');
  expect(writes).toEqual(['  logs/\\u{1b}]0;owned\\u{7}\\u{1b}[2J\\u{202e}gz.json\n']);
});

test('a line that an error interrupts is taken off the screen', () => {
  const progress = terminal('tty');
  progress.begin('publish');
  progress.clear();
  expect(writes.at(-1)).toBe(ERASE);
});

test('colours are for terminals, and off where they are not wanted', () => {
  const drawn = (isTTY: boolean, color: boolean): string => {
    writes = [];
    const screen = { write: (text: string) => writes.push(text), isTTY };
    const progress = new Terminal(screen, { verbosity: 'verbose', color, clock: () => now });
    progress.begin('read');
    progress.note('A note.');
    progress.end();
    return writes.join('').replaceAll(ERASE, '');
  };
  expect(drawn(true, true)).toContain('\u001b[');
  expect(drawn(true, false)).not.toContain('\u001b');
  expect(drawn(false, true)).not.toContain('\u001b');
});
