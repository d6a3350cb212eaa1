import { describe, expect, test } from 'vitest';
import type { Query } from '#shared/query/ast.js';
import { parseQuery } from '#shared/query/parse.js';
import { testOf, regexPattern } from '#shared/query/pattern.js';
import { printQuery } from '#shared/query/print.js';
import { isActive, presetsFor, togglePreset, type PresetName } from '#public/search/presets.js';

const PRESETS = presetsFor(Date.UTC(2025, 2, 9, 23, 49, 46));

function parsed(text: string): Query {
  const result = parseQuery(text);
  if ('fault' in result) throw new Error(result.fault.code);
  return result.query;
}

function presetOf(name: PresetName): (typeof PRESETS)[number] {
  const preset = PRESETS.find((candidate) => candidate.name === name);
  if (!preset) throw new Error(name);
  return preset;
}

/** The query after these presets were clicked, one after another. */
function ask(text: string, ...names: PresetName[]): string {
  return printQuery(names.reduce((query, name) => togglePreset(query, presetOf(name), PRESETS), parsed(text)));
}

function asked(text: string): PresetName[] {
  return PRESETS.filter((preset) => isActive(parsed(text), preset)).map(({ name }) => name);
}

const textOf = (name: PresetName): string => printQuery(presetOf(name).clauses);

describe('a preset', () => {
  test('is written into the query beside what is there, and taken out again', () => {
    expect(ask('alice', 'root')).toBe('alice type:Root -invokedBy:* -eventType:AwsServiceEvent');
    expect(ask('alice', 'root', 'root')).toBe('alice');
    for (const { name } of PRESETS) {
      expect(asked(ask('alice', name))).toEqual([name]);
      expect(ask('alice', name, name)).toBe('alice');
    }
  });

  test('is still asked when the query goes on, and no longer when its words are edited', () => {
    expect(asked(`${textOf('sign-ins')} alice`)).toEqual(['sign-ins']);
    expect(asked(textOf('sign-ins').replace('ConsoleLogin', 'X'))).toEqual([]);
  });

  test('takes the place of another about the same thing', () => {
    expect(asked(ask('', 'deletions', 'security'))).toEqual(['security']);
    expect(asked(ask('', 'deletions', 'root', 'people', 'last-day'))).toEqual([
      'deletions',
      'root',
      'people',
      'last-day',
    ]);
  });

  test('asks for what was done, or, with another, for what was denied', () => {
    expect(ask('', 'deletions')).toBe(`${textOf('deletions')} outcome:change`);
    expect(ask('', 'deletions', 'denied')).toBe(`${textOf('deletions')} outcome:denied`);
    expect(ask('', 'denied', 'deletions')).toBe(`outcome:denied ${textOf('deletions')}`);
    expect(ask('', 'deletions', 'denied', 'denied')).toBe(`${textOf('deletions')} outcome:change`);
    expect(ask('outcome:read', 'deletions', 'deletions')).toBe('outcome:read');
  });

  test('about the last day replaces another range of time', () => {
    expect(ask('time:2025-03-04 alice', 'last-day')).toBe('alice time:>=2025-03-08T23:49:46');
  });
});

describe('what is asked for by the names of events', () => {
  const finds = (name: PresetName, event: string): boolean =>
    presetOf(name).clauses.some((clause) =>
      (clause.kind === 'or' ? clause.of : [clause]).some(
        (node) => node.kind === 'regex' && testOf(regexPattern(node.source))(event.toLowerCase()),
      ),
    );

  test.each<[PresetName, string[], string[]]>([
    [
      'deletions',
      [
        'TerminateInstances',
        'DeleteBucket',
        'DeleteObjects',
        'BatchDeleteImage',
        'ReleaseAddress',
        'PurgeQueue',
        'ScheduleKeyDeletion',
        'BidEvictedEvent',
        'DeregisterImage',
        'TerminateInstanceInAutoScalingGroup',
      ],
      [
        'TerminateSession',
        'CancelKeyDeletion',
        'DeregisterTargets',
        'StopInstances',
        'UndeleteSecret',
        'RemoveTargets',
      ],
    ],
    [
      'security',
      [
        'AuthorizeSecurityGroupIngress',
        'ModifySecurityGroupRules',
        'PutBucketPolicy',
        'DeleteBucketPublicAccessBlock',
        'PutKeyPolicy',
        'StopLogging',
        'DeleteTrail',
        'PutEventSelectors',
        'AddPermission20150331v2',
        'ModifySnapshotAttribute',
        'DisableKey',
        'ImportKeyPair',
        'DeleteFlowLogs',
        'CreateNetworkAclEntry',
      ],
      [
        'PutScalingPolicy',
        'PutLifecyclePolicy',
        'SetStackPolicy',
        'CreateGrant',
        'PutBucketLogging',
        'RunInstances',
        'ModifyInstanceAttribute',
      ],
    ],
    [
      'new-keys',
      ['CreateUser', 'CreateAccessKey', 'ImportKeyPair', 'CreateLoginProfile'],
      ['CreateUserPool', 'CreateKey', 'DeleteAccessKey', 'UpdateAccessKey'],
    ],
    [
      'sign-ins',
      [
        'ConsoleLogin',
        'UserAuthentication',
        'CredentialVerification',
        'SwitchRole',
        'ExitRole',
        'PasswordRecoveryRequested',
        'Federate',
        'AssumeRoleWithSAML',
      ],
      ['AssumeRole', 'GetFederationToken', 'UpdateLoginProfile', 'UserAuthenticationPolicy'],
    ],
  ])('%s', (name, found, passedOver) => {
    expect(found.filter((event) => !finds(name, event))).toEqual([]);
    expect(passedOver.filter((event) => finds(name, event))).toEqual([]);
  });
});
