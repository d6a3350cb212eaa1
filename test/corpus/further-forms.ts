/**
 * Secrets in forms that were thought of after the rules were made: other nestings, languages, tools and names. They tell
 * how well the rules do with what nobody foresaw; README and docs promise none of them.
 */
import type { Random } from '../support/random.js';
import { base64, json, type Leak, password, Verbatim } from './secret-forms.js';

type Around = (secret: string) => unknown;

const FORMS: Readonly<Record<string, readonly Around[]>> = {
  Terraform: [
    (s) => ({ text: `resource "aws_db_instance" "x" {\n  username = "a"\n  password = "${s}"\n}` }),
    (s) => ({ text: `variable "db_password" {\n  default = "${s}"\n}` }),
    (s) => ({ text: `terraform apply -var="db_password=${s}" -auto-approve` }),
    (s) => ({ text: `TF_VAR_db_password=${s} terraform plan` }),
    (s) => ({ text: `provider "x" { token = "${s}" }` }),
  ],
  'PowerShell and cmd': [
    (s) => ({ text: `$password = "${s}"` }),
    (s) => ({ text: `ConvertTo-SecureString "${s}" -AsPlainText -Force` }),
    (s) => ({ text: `New-Item -Password '${s}'` }),
    (s) => ({ text: `set DB_PASSWORD=${s}\r\ncall run.bat` }),
    (s) => ({ text: `setx API_KEY ${s}` }),
  ],
  'Java, .NET and PHP': [
    (s) => ({ text: `spring.datasource.password=${s}\nserver.port=1` }),
    (s) => ({ text: `-Djavax.net.ssl.keyStorePassword=${s} -jar a.jar` }),
    (s) => ({ text: `DriverManager.getConnection(url, "app", "${s}")` }),
    (s) => ({ text: `define('DB_PASSWORD', '${s}');` }),
    (s) => ({ text: `new SqlConnection("Data Source=db;Uid=a;Pwd=${s}")` }),
  ],
  'Python, Ruby and Go': [
    (s) => ({ text: `os.environ["API_TOKEN"] = "${s}"` }),
    (s) => ({ text: `requests.get(u, auth=("alice", "${s}"))` }),
    (s) => ({ text: `:password => "${s}"` }),
    (s) => ({ text: `os.Setenv("DB_PASSWORD", "${s}")` }),
    (s) => ({ text: `boto3.client("s3", aws_secret_access_key="${s}")` }),
  ],
  Kubernetes: [
    (s) => ({ text: `apiVersion: v1\nkind: Secret\nstringData:\n  password: ${s}\n` }),
    (s) => ({ text: `apiVersion: v1\nkind: Secret\ndata:\n  password: ${base64(s)}\n` }),
    (s) => ({ text: `kubectl create secret generic x --from-literal=password=${s}` }),
    (s) => ({ text: `env: [{name: DB_PASSWORD, value: ${s}}]` }),
    (s) => ({ text: `helm install x --set db.password=${s},db.user=a` }),
  ],
  tools: [
    (s) => ({ text: `mysqldump -u root -p${s} db` }),
    (s) => ({ text: `PGPASSWORD='${s}' psql -h db` }),
    (s) => ({ text: `sshpass -p ${s} ssh a@b` }),
    (s) => ({ text: `redis-cli -a ${s} ping` }),
    (s) => ({ text: `machine example.com login alice password ${s}` }),
  ],
  'files of settings': [
    (s) => ({ text: `//npm.example.com/:_authToken=${s}` }),
    (s) => ({ text: `[pypi]\nusername = __token__\npassword = ${s}` }),
    (s) => ({ text: `db.example.com:5432:app:alice:${s}` }),
    (s) => ({ text: `http_proxy=http://alice:${s}@proxy:3128` }),
    (s) => ({ text: `smtp_password: '${s}'\nport: 587` }),
  ],
  'objects of JSON': [
    (s) => ({ credentials: { username: 'a', password: { plain: { text: s } } } }),
    (s) => ({ db: { Password: { 'Fn::Sub': s } } }),
    (s) => ({ connection: { auth: { basic: { user: 'a', pass: s } } } }),
    (s) => ({ parameter: { Name: 'x', Value: 'y', secretValue: [{ v: s }] } }),
    (s) => ({ item: { key: 'SlackToken', type: 'x', stringValue: s } }),
  ],
  'JSON that is cut or wrong': [
    (s) => ({ text: `{"user":"a","password":"${s}","more":{"cut` }),
    (s) => ({ text: `error at {"password":"${s}"}: unexpected end` }),
    (s) => ({ text: `{password: "${s}", user: 'a'}` }),
    (s) => ({ text: `[{"name":"DB_PASSWORD","value":"${s}"},` }),
    (s) => ({ text: json({ token: s }).slice(0, -1) }),
  ],
  'deep layers': [
    (s) => ({ a: json({ b: json({ c: json({ d: json({ password: s }) }) }) }) }),
    (s) => ({ a: json({ b: `x ${json({ c: `y ${json({ token: s })}` })}` }) }),
    (s) => ({ a: encodeURIComponent(json({ b: json({ password: s }) })) }),
    (s) => ({ a: base64(json({ b: base64(`password=${s}`) })) }),
    (s) => ({ a: json({ b: json([{ value: s, name: 'API_KEY' }]) }) }),
  ],
  escapes: [
    (s) => new Verbatim(`{"a":"DB_PASSWORD\\u003D${s}"}`),
    (s) => new Verbatim(`{"n\\u0061me":"DB_PASSWORD","valu\\u0065":"${s}"}`),
    (s) => new Verbatim(`{"a":"{\\"pass\\\\u0077ord\\":\\"${s}\\"}"}`),
    (s) => ({ a: `password%3D${s}%26user%3Dalice` }),
    (s) => ({ a: `&lt;password&gt;${s}&lt;/password&gt;` }),
  ],
  'other languages': [
    (s) => ({ passwort: s }),
    (s) => ({ contraseña: s }),
    (s) => ({ パスワード: s }),
    (s) => ({ text: `Passwort: ${s}` }),
    (s) => ({ text: `mot_de_passe=${s}` }),
  ],
  names: [
    (s) => ({ 'wp-admin-pass': s }),
    (s) => ({ rootPw: s }),
    (s) => ({ SNOWFLAKE_PASSWORD_2: s }),
    (s) => ({ hmacKey: s }),
    (s) => ({ 'ocp-apim-subscription-key': s }),
  ],
  headers: [
    (s) => ({ text: `Authorization: token ${s}` }),
    (s) => ({ text: `{"Authorization": "Bearer ${s}"}` }),
    (s) => ({ headers: { 'PRIVATE-TOKEN': s } }),
    (s) => ({ text: `-H "X-Vault-Token: ${s}" -X GET` }),
    (s) => ({ text: `Set-Cookie: session=${s}; HttpOnly` }),
  ],
  URLs: [
    (s) => ({ a: `jdbc:oracle:thin:scott/${s}@//db:1521/x` }),
    (s) => ({ a: `root:${s}@tcp(db:3306)/x` }),
    (s) => ({ a: `https://example.com/#access_token=${s}&type=b` }),
    (s) => ({ a: `postgres://a:${s}@h1:1,h2:2/db?password=${s}` }),
    (s) => ({ a: `https://a.example.com/?code=x&client_secret=${s}` }),
  ],
  'private keys': Array.from({ length: 5 }, (_, i) => (s: string): unknown => {
    const key = `-----BEGIN PRIVATE KEY-----\n${s.repeat(5)}\n-----END PRIVATE KEY-----`;
    return [
      { a: { b: [{ c: key }] } },
      { a: `key: |\n  ${key.replaceAll('\n', '\n  ')}` },
      { a: json(json(key)) },
      { a: encodeURIComponent(key) },
      { a: key.slice(0, -20) },
    ][i];
  }),
  'PowerShell in base64': Array.from({ length: 5 }, () => (s: string) => ({
    a: `powershell -enc ${Buffer.from(`$password = "${s}"`, 'utf16le').toString('base64')}`,
  })),
  sentences: [
    (s) => ({ a: `The password is: ${s}` }),
    (s) => ({ a: `use API key "${s}"` }),
    (s) => ({ a: `Please set the secret to ${s}` }),
    (s) => ({ a: `secret access key: ${s}` }),
    (s) => ({ a: `password "${s}" was refused` }),
  ],
};

/** The forms, each with five examples. */
export function furtherForms(random: Random): ReadonlyMap<string, readonly Leak[]> {
  return new Map(
    Object.entries(FORMS).map(([name, arounds]) => [
      name,
      arounds.map((around) => {
        const secret = password(random);
        return { parameters: around(secret), secrets: [secret] };
      }),
    ]),
  );
}
