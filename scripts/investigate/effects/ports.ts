/** Ports that a security group, or an older kind of it, opens to addresses beyond the network. */
import { at, listOf, textAt } from '../json-leaves.js';
import { isForeign, isPublicNetwork } from './admissions.js';
import type { Call, Effect } from './effect.js';

/** EC2 API reference, AuthorizeSecurityGroupIngress and ModifySecurityGroupRules; the oldest form has no list. */
export function openedPorts({ request, targets, account }: Call): readonly Effect[] {
  const target = textAt(request, 'groupId') || textAt(request, 'groupName') || (targets[0] ?? '');
  const changed = at(request, 'ModifySecurityGroupRulesRequest');
  if (changed !== undefined) {
    const group = textAt(changed, 'GroupId') || target;
    return listOf(at(changed, 'SecurityGroupRule')).flatMap((one) => {
      const rule = at(one, 'SecurityGroupRule');
      const port = portOf(textAt(rule, 'IpProtocol'), textAt(rule, 'FromPort'), textAt(rule, 'ToPort'));
      return ['CidrIpv4', 'CidrIpv6'].flatMap((key) => openTo(textAt(rule, key), port, group));
    });
  }
  return [request, ...listOf(at(request, 'ipPermissions'))].flatMap((permission): Effect[] => {
    const protocol = textAt(permission, 'ipProtocol');
    const port = portOf(protocol, textAt(permission, 'fromPort'), textAt(permission, 'toPort'));
    const ranges = [
      textAt(permission, 'cidrIp'),
      ...listOf(at(permission, 'ipRanges')).map((one) => textAt(one, 'cidrIp')),
      ...listOf(at(permission, 'ipv6Ranges')).map((one) => textAt(one, 'cidrIpv6')),
    ];
    const others = listOf(at(permission, 'groups')).map((one) => textAt(one, 'userId'));
    const lists = listOf(at(permission, 'prefixListIds')).map((one) => textAt(one, 'prefixListId'));
    return [
      ...ranges.flatMap((range) => openTo(range, port, target)),
      ...lists.filter((list) => list !== '').map((from): Effect => ({ code: 'port-opened', target, port, from })),
      ...others
        .filter((other) => isForeign(other, account))
        .map((other): Effect => ({ code: 'port-opened', target, port, account: other })),
    ];
  });
}

/** RDS API reference, AuthorizeDBSecurityGroupIngress; the same for Redshift. The port is that of the database. */
export function openedDatabase({ request, targets }: Call): readonly Effect[] {
  return openTo(
    textAt(request, 'cIDRIP') || textAt(request, 'cidrip') || textAt(request, 'CIDRIP'),
    '*',
    targets[0] ?? '',
  );
}

/** `tcp 22`, `tcp 20-25`, `tcp *`; `*` for all protocols. */
function portOf(protocol: string, from: string, to: string): string {
  if (protocol === '-1' || protocol === '') return '*';
  const name = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6' }[protocol] ?? protocol;
  if (name.startsWith('icmp') || from === '-1' || from === '' || (from === '0' && to === '65535')) return `${name} *`;
  return `${name} ${from === to ? from : `${from}-${to}`}`;
}

/** Fewer leading bits than this are a great part of the internet. */
const FEW_BITS = 8;

function openTo(range: string, port: string, target: string): readonly Effect[] {
  if (range === '' || !isPublicNetwork(range)) return [];
  const bits = Number(range.split('/')[1] ?? NaN);
  return [{ code: bits < FEW_BITS ? 'port-open-to-internet' : 'port-opened', target, port, from: range }];
}
