/** What looks or sounds like a secret and is none, form by form; made by a seed. */
import type { Random } from '../support/random.js';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const WORD = `${LOWER}${LOWER.toUpperCase()}0123456789`;
const ACCOUNT = '111122223333';
const ARN = `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:prod/db-`;

/** The parameters that stay as they are, by form, each with three examples. */
export function harmlessForms(random: Random): ReadonlyMap<string, readonly unknown[]> {
  const forms: Readonly<Record<string, () => unknown>> = {
    'object in S3, forty characters': () => ({ bucketName: 'logs', key: random.text(WORD, 40) }),
    'object in S3, a path of forty characters': () => ({
      path: `data/Reports/2025/03/03/Daily/${random.text(WORD, 10)}`,
    }),
    'version of an object': () => ({ versionId: random.text(WORD, 32) }),
    ETag: () => ({ eTag: `"${random.hex(32)}"`, parts: [{ etag: random.text(WORD, 40) }] }),
    'hash of a commit': () => ({ commitId: random.hex(40), sourceVersion: random.hex(40) }),
    'SHA-256': () => ({ codeSha256: random.hex(64), digest: `sha256:${random.hex(64)}` }),
    'SHA-256 in base64': () => ({ codeSha256: `${random.text(WORD, 43)}=` }),
    'MD5 in base64': () => ({ contentMD5: `${random.text(WORD, 22)}==` }),
    UUID: () => ({ requestId: random.uuid(), value: random.uuid() }),
    'image by its digest': () => ({ image: `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:${random.hex(64)}` }),
    'KMS key': () => ({ keyId: random.uuid(), encryptionKey: random.uuid(), kmsKeyId: `mrk-${random.hex(32)}` }),
    'alias of a KMS key': () => ({ encryptionKey: `alias/${random.text(LOWER, 8)}` }),
    'ARN under token': () => ({ token: ARN + random.text(WORD, 6), secret: ARN + random.text(WORD, 6) }),
    'ARN in JSON under token': () => ({ body: JSON.stringify({ token: ARN + random.text(WORD, 6) }) }),
    'ARN in a sentence': () => ({
      message: `not authorized to perform secretsmanager:GetSecretValue on resource: ${ARN}${random.text(WORD, 6)}`,
    }),
    'name of a secret': () => ({ secretId: `prod/${random.text(LOWER, 8)}`, name: 'MyAppSecret' }),
    'name of a tag': () => ({
      tagKeys: ['password', 'token'],
      tags: [{ key: 'Name', value: `token-${random.text(LOWER, 6)}` }],
    }),
    'filter by a tag': () => ({
      filterSet: { items: [{ name: 'tag:Secret', valueSet: { items: [{ value: random.text(LOWER, 7) }] } }] },
    }),
    'place in a list': () => ({ nextToken: random.text(WORD, 120), continuationToken: random.text(WORD, 60) }),
    'place in a list, in base64': () => ({
      nextToken: Buffer.from(`{"password":"${random.hex(8)}"}`).toString('base64'),
    }),
    'mark of a request': () => ({
      clientToken: random.uuid(),
      clientRequestToken: random.hex(40),
      idempotencyToken: random.uuid(),
    }),
    'counts of tokens': () => ({
      maxTokens: random.below(4096),
      usage: { inputTokens: random.below(900), totalTokens: 7 },
      secrets: 3,
    }),
    'about passwords': () => ({
      passwordLastUsed: '2025-03-03T00:00:00Z',
      passwordLength: random.below(40),
      passwordResetRequired: true,
    }),
    'policy for passwords': () => ({
      passwordPolicy: { minimumPasswordLength: 12, requireSymbols: true, note: random.text(LOWER, 9) },
    }),
    'kind of a token': () => ({
      tokenType: 'Bearer',
      httpTokens: 'required',
      authorizationType: 'AWS_IAM',
      tokenIds: [random.uuid()],
    }),
    'secret by reference': () => ({ secrets: [{ name: 'DB_PASSWORD', valueFrom: ARN + random.text(WORD, 6) }] }),
    'secret of RDS': () => ({
      masterUserSecret: { secretArn: ARN + random.text(WORD, 6), secretStatus: 'active', kmsKeyId: random.uuid() },
    }),
    'reference of CloudFormation': () => ({
      masterUserPassword: `{{resolve:secretsmanager:${random.text(LOWER, 6)}:SecretString:password}}`,
    }),
    'variable of a shell': () => ({
      script: `export DB_PASSWORD=$${random.text(LOWER, 6).toUpperCase()}\nmysql --password=\${${random.text(LOWER, 4)}}`,
    }),
    'variable of a template': () => ({
      template: `password: !Ref ${random.text(WORD, 8)}\ntoken: \${{ secrets.${random.text(WORD, 6)} }}`,
    }),
    'code that asks for it': () => ({
      code: `password = os.environ["${random.text(LOWER, 6)}"]; token = process.env.${random.text(WORD, 6)}`,
    }),
    'hidden already': () => ({
      password: '****',
      masterUserPassword: 'HIDDEN_DUE_TO_SECURITY_REASONS',
      userData: '<sensitiveDataRemoved>',
      n: random.below(9),
    }),
    'sentence about a password': () => ({
      message: `The password must be longer than ${random.below(20)} characters, with at least one digit.`,
    }),
    'sentence about a token': () => ({
      message: `The security token included in the request is expired: ${random.text(LOWER, 5)}`,
    }),
    'sentence about basic authentication': () => ({
      message: `Basic authentication is required by ${random.text(LOWER, 6)}`,
    }),
    'policy in a string': () => ({
      policyDocument: JSON.stringify({
        Statement: [
          {
            Action: ['secretsmanager:GetSecretValue', 'iam:PassRole'],
            Resource: `arn:aws:iam::${ACCOUNT}:role/${random.text(LOWER, 6)}`,
          },
        ],
      }),
    }),
    'policy for OpenID Connect': () => ({
      policy: JSON.stringify({
        Condition: { StringEquals: { 'token.actions.githubusercontent.com:sub': `repo:a/${random.text(LOWER, 6)}` } },
      }),
    }),
    'public key': () => ({
      publicKeyMaterial: `ssh-ed25519 ${random.text(WORD, 68)} alice`,
      sshPublicKeyBody: `ssh-rsa ${random.text(WORD, 200)}`,
    }),
    certificate: () => ({
      certificateBody: `-----BEGIN CERTIFICATE-----\n${random.text(WORD, 64)}\n-----END CERTIFICATE-----`,
    }),
    'public key in PEM': () => ({
      key: `-----BEGIN PUBLIC KEY-----\n${random.text(WORD, 64)}\n-----END PUBLIC KEY-----`,
    }),
    'access key by its ID': () => ({
      accessKeyId: `AKIA${random.text('ABCDEFGHIJ234567', 16)}`,
      text: `key AKIA${random.text('ABCDEFGHIJ234567', 16)} is used`,
    }),
    'address with a port': () => ({ url: `https://example.com:8443/users/${random.text(LOWER, 6)}@example.com` }),
    'address with a mail address': () => ({
      url: `https://example.com/?mail=${random.text(LOWER, 6)}@example.com`,
      git: 'ssh://git@github.com/a/b',
    }),
    'address of a user': () => ({ url: `https://${random.text(LOWER, 6)}@example.com/x` }),
    'user and group': () => ({
      command: `docker run -u ${1000 + random.below(99)}:1000 alpine`,
      other: `chown app:${random.text(LOWER, 5)} /x`,
    }),
    'working folder': () => ({ env: `PWD=/home/${random.text(LOWER, 6)}\nOLDPWD=/tmp`, n: 1 }),
    'cookies of CloudFront': () => ({
      forwardedValues: { cookies: { forward: 'whitelist', whitelistedNames: { items: [random.text(LOWER, 6)] } } },
    }),
    'words with pass and key': () => ({
      bypass: random.text(LOWER, 8),
      compass: 'north',
      lowPass: random.below(99),
      keyboard: 'de',
      monkey: random.text(LOWER, 7),
    }),
    'names with dashes': () => ({
      taskDefinition: `task-definition-${random.text(LOWER, 8)}:3`,
      diskName: `disk-${random.text(LOWER, 12)}-sk-${random.text(LOWER, 6)}`,
    }),
    'partition of a table': () => ({
      location: `year=2025/month=03/day=${random.below(28)}/part-${random.uuid()}.parquet`,
    }),
    'base64 of plain text': () => ({
      blob: Buffer.from(`hello ${random.text(LOWER, 40)} and nothing else`).toString('base64'),
    }),
    'assembly of .NET': () => ({
      type: `System.Data, Version=4.0.0.0, Culture=neutral, PublicKeyToken=${random.hex(16)}`,
    }),
    'key of a table': () => ({
      keySchema: [{ attributeName: `pk${random.text(LOWER, 5)}`, keyType: 'HASH' }],
      key: { id: { S: random.text(WORD, 30) } },
    }),
    'publishable keys': () => ({ text: `pk_live_${random.text(WORD, 24)}`, accountSid: `AC${random.hex(32)}` }),
  };
  return new Map(Object.entries(forms).map(([name, make]) => [name, [make(), make(), make()]]));
}
