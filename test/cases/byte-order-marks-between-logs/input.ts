const log = (n: number): string =>
  `{"Records":[{"eventTime":"2025-03-03T10:00:0${n}Z","eventSource":"ec2.amazonaws.com","eventName":"RunInstances","eventID":"e-${n}"}]}`;
const line = (n: number): string => log(n).slice('{"Records":['.length, -2);

/** As `cat` puts files together that PowerShell wrote. */
export default {
  'two-logs.json': `\ufeff${log(1)}\ufeff${log(2)}`,
  'lines.json': `\ufeff${line(3)}\n\ufeff${line(4)}\n\ufeff{"damaged\n\ufeff${line(5)}\n`,
  'two-marks.json': `\ufeff\ufeff${log(6)}`,
  'behind-null.json': `null${log(7)}`,
  'mark-behind-null.json': `null\ufeff${log(8)}`,
  'text-behind-null.json': `null${JSON.stringify(log(9))}`,
};
