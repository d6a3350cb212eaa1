/** Published reports for browser tests: by the command, to a bucket whose website anyone may visit. */
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketPolicyCommand,
  PutBucketWebsiteCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { runReport } from '../command/run-report.js';
import type { TestS3 } from '../support/s3-targets.js';
import type { Visit } from '../support/visit.js';
import { ownHost, type OwnHost } from '../support/website-visitor.js';

export class PublicBucket {
  private constructor(
    private readonly s3: TestS3,
    private readonly name: string,
    private readonly host: OwnHost,
  ) {}

  static async make(s3: TestS3): Promise<PublicBucket> {
    const name = s3.newName();
    const client = s3.client();
    await client.send(new CreateBucketCommand({ Bucket: name }));
    const Resource = `arn:aws:s3:::${name}/*`;
    const Statement = [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource }];
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
    await client.send(new PutBucketPolicyCommand({ Bucket: name, Policy }));
    const WebsiteConfiguration = { IndexDocument: { Suffix: 'index.html' } };
    await client.send(new PutBucketWebsiteCommand({ Bucket: name, WebsiteConfiguration }));
    client.destroy();
    return new PublicBucket(s3, name, await ownHost(s3.endpoint, name));
  }

  close(): Promise<void> {
    return this.host.close();
  }

  /**
   * Runs the command and publishes its report below a prefix.
   * @returns the link that it printed, on a host that gives no secure context
   */
  async publish(prefix: string, logs: string, options: readonly string[]): Promise<string> {
    const { endpoint, accessKeyId, secretAccessKey } = this.s3;
    const target = ['--publish', `s3://${this.name}/${prefix}`, '--yes', '--endpoint-url', endpoint];
    const cwd = path.dirname(logs);
    const env = {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      XDG_CACHE_HOME: path.join(cwd, 'cache'),
    };
    const { code, stdout, stderr } = await runReport([logs, ...target, ...options], { cwd, env });
    const link = stdout.trim().split('\n').at(-1) ?? '';
    if (code !== 0 || !URL.canParse(link)) throw new Error(`the report was not published: ${stdout}${stderr}`);
    const { pathname, hash } = new URL(link);
    return this.host.url(pathname.slice(1)) + hash;
  }

  /** What the website answers a visitor. */
  visit(path: string): Promise<Visit> {
    return this.s3.visit(`${this.name}.s3-website.localhost`, `/${path}`);
  }

  /** The address of a path on the host that gives no secure context. */
  url(path: string): string {
    return this.host.url(path);
  }

  /** The content of an object as a browser gets it. */
  async read(key: string): Promise<string> {
    const client = this.s3.client();
    const { Body } = await client.send(new GetObjectCommand({ Bucket: this.name, Key: key }));
    const bytes = await Body?.transformToByteArray();
    client.destroy();
    return gunzipSync(bytes ?? '').toString();
  }

  /** Puts a page there, and gives its address. */
  async put(key: string, page: string): Promise<string> {
    const client = this.s3.client();
    const headers = { ContentType: 'text/html; charset=utf-8', ContentEncoding: 'gzip' };
    await client.send(new PutObjectCommand({ Bucket: this.name, Key: key, Body: gzipSync(page), ...headers }));
    client.destroy();
    return this.host.url(key);
  }
}
