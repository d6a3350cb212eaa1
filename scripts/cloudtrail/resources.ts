/**
 * Finds the resources that an event names: every ARN, every ID that AWS generates, and the values of keys that name
 * resources; also names that count only for the event's target (`targets.ts`).
 *
 * IDs: Amazon EC2 user guide, "Resource IDs": PREFIX-8 or 17 hex digits.
 */
import { ByteDictionary } from '#scripts/bytes/byte-dictionary.js';
import { aroundEnd, aroundStart, type OtherVisitor, type StringVisitor, walkJson } from './json-walk.js';
import { FailureKey, failureKeyOf, isErrorValue, isFailureWord } from './outcome.js';
import { isBare, isWrapper, mayHoldTarget, type NamePath } from './targets.js';

/** Keys, in lower case, whose values name a resource although their form does not show it. */
const NAMING_KEYS = new Set(
  [
    // S3
    'bucketName bucket',
    // IAM and STS
    'userName roleName groupName policyName instanceProfileName accessKeyId serialNumber sAMLProviderArn openIDConnectProviderArn',
    // EC2 and Auto Scaling
    'keyName instanceId instanceIds groupId volumeId snapshotId imageId launchTemplateName autoScalingGroupName launchConfigurationName allocationId spotInstanceRequestId spotFleetRequestId fleetId',
    // Databases
    'tableName dBInstanceIdentifier dBClusterIdentifier dBSnapshotIdentifier dBClusterSnapshotIdentifier clusterIdentifier cacheClusterId replicationGroupId indexName',
    // Compute, containers, code
    'functionName layerName clusterName serviceName taskDefinition nodegroupName repositoryName jobName crawlerName databaseName projectName pipelineName applicationName environmentName stateMachineArn',
    // Infrastructure and monitoring
    'stackName stackId stackSetName changeSetName alarmName alarmNames logGroupName ruleName dashboardName trailName trailARN',
    // Messages, keys, secrets, names
    'queueName queueUrl topicName streamName deliveryStreamName keyId aliasName secretId secretName parameterName hostedZoneId domainName certificateArn distributionId',
    // Networks
    'loadBalancerName targetGroupName vpcId subnetId dBSubnetGroupName restApiId webACLId fileSystemId',
    // `resources` of the record itself
    'ARN arn resourceName resourceId',
  ].flatMap((line) => line.toLowerCase().split(' ')),
);

/** `arn:` and `aws`, as little-endian numbers. */
const ARN_ = 0x3a6e7261;
const AWS = 0x737761;
const LETTER_F = 0x66;

/** Receives all values with their keys, like the visitors of `walkJson`, and a number that is equal for equal keys. */
export interface SecretWatch {
  /** Called for each string; returns whether it is a secret, and therefore not a name. */
  string(
    bytes: Uint8Array,
    view: DataView,
    start: number,
    end: number,
    keyCode: number,
    keyStart: number,
    keyEnd: number,
  ): boolean;
  /** Called for each number, object and list. */
  other(bytes: Uint8Array, view: DataView, at: number, keyStart: number, keyEnd: number): void;
}

/**
 * Receives each name found: bytes [start, end) of the view, escapes as written.
 * @param path identifies the keys around it (`ResourceFinder.pathOf`); 0 if it cannot be the event's target
 * @param isResource false if it names a resource only if it is the target
 */
export type ResourceVisitor = (view: DataView, start: number, end: number, path: number, isResource: boolean) => void;

/** Properties of a key; bits. */
const Trait = { Naming: 1, Target: 2, Wrapper: 4, Bare: 8 } as const;

/**
 * The numbers of paths, by the three keys of each: an open-addressing hash table, so that a lookup allocates nothing.
 */
class PathNumbers {
  private slots = 1 << 10;
  /** Four numbers per slot: the keys, and the path's number plus one; 0 if the slot is free. */
  private entries = new Int32Array(this.slots * 4);
  private count = 0;
  private at = 0;

  /** The path's number; -1 if it is unknown. */
  find(outer: number, key: number, holder: number): number {
    const { entries, slots } = this;
    let slot = hashOf(outer, key, holder) & (slots - 1);
    for (; ; slot = (slot + 1) & (slots - 1)) {
      const at = slot << 2;
      if (entries[at + 3] === 0) {
        this.at = at;
        return -1;
      }
      if (entries[at] === outer && entries[at + 1] === key && entries[at + 2] === holder) {
        return (entries[at + 3] as number) - 1;
      }
    }
  }

  /** Remembers the number of the path that was just not found. */
  remember(outer: number, key: number, holder: number, path: number): void {
    this.entries.set([outer, key, holder, path + 1], this.at);
    if (++this.count * 2 < this.slots) return;
    const old = this.entries;
    this.slots *= 2;
    this.entries = new Int32Array(this.slots * 4);
    for (let at = 0; at < old.length; at += 4) {
      if (old[at + 3] === 0) continue;
      this.find(old[at] as number, old[at + 1] as number, old[at + 2] as number);
      this.entries.set(old.subarray(at, at + 4), this.at);
    }
  }
}

function hashOf(outer: number, key: number, holder: number): number {
  const hash = Math.imul(outer ^ Math.imul(key, 0x9e3779b1) ^ Math.imul(holder, 0x85ebca6b), 0xc2b2ae35);
  return hash ^ (hash >>> 15);
}

/** Longer texts are not names. */
const LONGEST_NAME = 1024;

/** Finds the resources of one JSON value at a time. */
export class ResourceFinder {
  private readonly keys = new ByteDictionary();
  /** By key: its `Trait` bits. */
  private readonly traits: number[] = [0];
  /** By key: its `FailureKey` bits. */
  private readonly failureKeys: number[] = [0];
  private readonly paths: NamePath[] = [{ outer: '', key: '', holder: '' }];
  private readonly pathNumbers = new PathNumbers();
  // The current value. One visitor for all values, because the engine would have to optimize a new function for each.
  private bytes!: Uint8Array;
  private view!: DataView;
  private found!: ResourceVisitor;
  private watch: SecretWatch | undefined;
  /** The start and number of the last outermost key. */
  private outerFrom = -1;
  private outer = 0;
  /** The step that the last value reports as failed, '' if it reports an error, undefined if neither. */
  failedStep: string | undefined;

  /**
   * Reports the names in bytes[start … end), one JSON value, to `found`; `view` is a view of `bytes`. Returns false if
   * the value is not valid JSON.
   * @param watch receives every string that is neither empty nor an ARN, and every other value
   */
  find(
    bytes: Uint8Array,
    view: DataView,
    start: number,
    end: number,
    found: ResourceVisitor,
    watch: SecretWatch | undefined,
  ): boolean {
    this.bytes = bytes;
    this.view = view;
    this.found = found;
    this.watch = watch;
    this.failedStep = undefined;
    this.outerFrom = -1;
    return walkJson(bytes, view, start, end, this.visit, this.visitOther);
  }

  /** The keys of a path number that `found` received. */
  pathOf(path: number): NamePath {
    return this.paths[path] as NamePath;
  }

  private readonly visit: StringVisitor = (from, to, keyFrom, keyTo, depth, outerFrom, outerTo) => {
    const { bytes, view, watch } = this;
    if (from === to) {
      if (depth > 2 || bytes[from] !== LETTER_F) return;
      const key = this.keys.code(view, keyFrom, keyTo);
      if (this.failureKey(key, keyFrom, keyTo) === FailureKey.Return) this.failedStep = '';
      return;
    }
    if (isArn(view, from, to)) {
      const key = this.keys.code(view, keyFrom, keyTo);
      this.found(view, from, to, this.pathTo(key, keyFrom, keyTo, depth, outerFrom, outerTo), true);
      return;
    }
    const key = this.keys.code(view, keyFrom, keyTo);
    if (depth <= 2) this.lookForFailure(from, to, key, keyFrom, keyTo, depth, outerFrom, outerTo);
    if (watch?.string(bytes, view, from, to, key, keyFrom, keyTo) === true) return;
    const traits = this.traitsOf(key, keyFrom, keyTo);
    const isResource =
      isResourceId(bytes, from, to) || ((traits & Trait.Naming) !== 0 && !isTemporaryKey(bytes, from, to));
    if (!isResource && ((traits & Trait.Target) === 0 || to - from > LONGEST_NAME)) return;
    const path = this.pathTo(key, keyFrom, keyTo, depth, outerFrom, outerTo);
    if (isResource || path !== 0) this.found(view, from, to, path, isResource);
  };

  /** The number of the path to a value; 0 if a target cannot have this path. */
  private pathTo(
    key: number,
    keyFrom: number,
    keyTo: number,
    depth: number,
    outerFrom: number,
    outerTo: number,
  ): number {
    // The record's own `resources`, a list, have no outer key.
    if (outerFrom === outerTo) return 0;
    const traits = this.traitsOf(key, keyFrom, keyTo);
    if ((traits & Trait.Target) === 0) return 0;
    let name = key;
    let holder = 0;
    if ((traits & (Trait.Wrapper | Trait.Bare)) !== 0) {
      const around = this.keyAround(key, depth);
      if ((traits & Trait.Bare) !== 0) holder = around;
      else if (around === 0) return 0;
      else name = around;
    }
    const outer = depth === 1 ? key : this.outerKey(outerFrom, outerTo);
    const path = this.pathNumbers.find(outer, name, holder);
    return path < 0 ? this.newPath(outer, name, holder) : path;
  }

  /** The number of an outermost key, which is the same for many values. */
  private outerKey(from: number, to: number): number {
    if (from !== this.outerFrom) {
      this.outerFrom = from;
      this.outer = this.keys.code(this.view, from, to);
    }
    return this.outer;
  }

  private newPath(outer: number, name: number, holder: number): number {
    const [outerText, key, holderText] = [outer, name, holder].map((code) => this.keyText(code).toLowerCase());
    const names = { outer: outerText as string, key: key as string, holder: holderText as string };
    const path = mayHoldTarget(names.key) ? this.paths.push(names) - 1 : 0;
    this.pathNumbers.remember(outer, name, holder, path);
    return path;
  }

  /** The nearest different key around a value of this depth that is not a wrapper; 0 if there is none. */
  private keyAround(key: number, depth: number): number {
    for (let level = depth; level > 1; level--) {
      const start = aroundStart(level);
      const end = aroundEnd(level);
      const around = start === end ? 0 : this.keys.code(this.view, start, end);
      if (around !== key && around !== 0 && (this.traitsOf(around, start, end) & Trait.Wrapper) === 0) return around;
    }
    return 0;
  }

  private keyText(code: number): string {
    if (code === 0) return '';
    const view = this.keys.view();
    return textOf(
      new Uint8Array(view.buffer, view.byteOffset, view.byteLength),
      this.keys.startOf(code),
      this.keys.endOf(code),
    );
  }

  private lookForFailure(
    from: number,
    to: number,
    key: number,
    keyFrom: number,
    keyTo: number,
    depth: number,
    outerFrom: number,
    outerTo: number,
  ): void {
    const { bytes, view } = this;
    const bits = this.failureKey(key, keyFrom, keyTo);
    if (depth === 1) {
      if ((bits & FailureKey.Error) !== 0) {
        if (isErrorValue(textOf(bytes, from, to))) this.failedStep = '';
      } else if (to - from <= 7 && to - from >= 6 && ((bytes[from] as number) | 0x20) === LETTER_F) {
        if (isFailureWord(textOf(bytes, from, to))) this.failedStep ??= textOf(bytes, keyFrom, keyTo);
      }
    } else if ((bits & FailureKey.Detail) !== 0) {
      const outer = this.keys.code(view, outerFrom, outerTo);
      if ((this.failureKey(outer, outerFrom, outerTo) & FailureKey.Error) !== 0) this.failedStep = '';
    }
  }

  private failureKey(code: number, start: number, end: number): number {
    return (this.failureKeys[code] ??= failureKeyOf(textOf(this.bytes, start, end)));
  }

  private readonly visitOther: OtherVisitor = (at, keyFrom, keyTo) => {
    this.watch?.other(this.bytes, this.view, at, keyFrom, keyTo);
  };

  private traitsOf(code: number, start: number, end: number): number {
    let traits = this.traits[code];
    if (traits === undefined) {
      const key = textOf(this.bytes, start, end).toLowerCase();
      traits =
        (NAMING_KEYS.has(key) ? Trait.Naming : 0) |
        (mayHoldTarget(key) ? Trait.Target : 0) |
        (isWrapper(key) ? Trait.Wrapper : 0) |
        (isBare(key) ? Trait.Bare : 0);
      this.traits[code] = traits;
    }
    return traits;
  }
}

/** Bytes [start, end), ASCII, shortened to the length of the longest relevant key. */
function textOf(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, Math.min(end, start + 64)));
}

/** Whether bytes [start, end) begin like an Amazon Resource Name. */
export function isArn(view: DataView, start: number, end: number): boolean {
  return end - start > 8 && view.getInt32(start, true) === ARN_ && (view.getInt32(start + 4, true) & 0xffffff) === AWS;
}

/** The access key of a session, ASIA…: every assumed role gets a new one, so it is not a resource. */
function isTemporaryKey(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    end - start === 20 &&
    bytes[start] === 0x41 /* A */ &&
    bytes[start + 1] === 0x53 /* S */ &&
    bytes[start + 2] === 0x49 /* I */ &&
    bytes[start + 3] === 0x41 /* A */
  );
}

/** Lower-case letters and hyphens, a hyphen, then 8 or 17 hexadecimal digits. */
function isResourceId(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length < 10 || length > 40) return false;
  const hyphen = bytes[end - 18] === 0x2d && length >= 19 ? end - 18 : bytes[end - 9] === 0x2d ? end - 9 : -1;
  if (hyphen <= start) return false;
  for (let i = hyphen + 1; i < end; i++) {
    const byte = bytes[i] as number;
    if (!((byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66))) return false;
  }
  for (let i = start; i < hyphen; i++) {
    const byte = bytes[i] as number;
    if (!((byte >= 0x61 && byte <= 0x7a) || (byte === 0x2d && i > start))) return false;
  }
  return true;
}
