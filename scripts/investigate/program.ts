/** With what a call was made, by its user agent: AWS documents none of them, so this is what is seen in logs. */

export type Program =
  'console' | 'cli' | 'cloudShell' | 'terraform' | 'cdk' | 'pulumi' | 'powershell' | 'sdk' | 'browser';

const AGENTS: readonly (readonly [agent: RegExp, program: Program])[] = [
  [/CloudShell/i, 'cloudShell'],
  [/Terraform|OpenTofu/i, 'terraform'],
  [/Pulumi/i, 'pulumi'],
  [/\bcdk\b|aws-cdk/i, 'cdk'],
  [/PowerShell/i, 'powershell'],
  [/^\[?(?:aws-cli|AWS-Cli)\//i, 'cli'],
  [/console\.|signin\.amazonaws\.com|S3Console|AWSConsole|EC2ConsoleFrontend/i, 'console'],
  [/^\[?(?:Mozilla|Opera)\//, 'browser'],
  [/^\[?(?:Boto3|Botocore|aws-sdk|aws-internal|sdk-)/i, 'sdk'],
];

/** The program; undefined where the user agent says nothing known. */
export function programOf(agent: string, isConsole: boolean): Program | undefined {
  if (isConsole) return 'console';
  return AGENTS.find(([pattern]) => pattern.test(agent))?.[1];
}
