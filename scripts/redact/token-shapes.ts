/**
 * Tokens and keys that are recognized by their beginnings, in any context. The form of each service's tokens comes from
 * its documentation and from the rules of gitleaks. Lengths are lower bounds, since services make tokens longer. Upper
 * bounds exist because the engine stores a backtracking position for each character of a counted repeat.
 */

interface TokenShape {
  /** See `Anchors`: four characters that each such token has at the same offset. */
  readonly anchors: readonly string[];
  /** Tried only where the token may begin (sticky). Masks its first group, or the whole match if it has none. */
  readonly pattern: RegExp;
  /** The number of the token's characters before the anchor; -1 if the anchor's first character precedes the token. */
  readonly before?: number;
  /** Whether a token within a longer word counts. */
  readonly inWord?: boolean;
}

export const TOKEN_SHAPES: readonly TokenShape[] = [
  // AWS: session tokens, whose first bytes are always among a few; Bedrock, AppSync, EKS, MWS
  {
    anchors: ['iqoj', 'fwog', 'fqog', 'aqod'],
    pattern: /(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz|AQoDYXdz)[\w/+=%-]{40,9999}/y,
  },
  { anchors: ['absk'], pattern: /ABSK[\w+/]{40,9999}={0,2}/y },
  { anchors: ['bedr'], pattern: /bedrock-api-key-[\w+/]{20,9999}={0,2}/y },
  { anchors: ['da0-'], pattern: /da2-[a-z0-9]{26}\b/y },
  { anchors: ['k0s-'], pattern: /k8s-aws-v1\.[\w-]{20,9999}/y },
  { anchors: ['amzn'], pattern: /amzn\.mws\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/y },
  // An access key's ID, followed by its secret
  {
    anchors: ['akia', 'asia'],
    pattern: /A[KS]IA[A-Z0-9]{12,24}[^A-Za-z0-9/+]{1,20}([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/y,
  },
  // GitHub, GitLab, Bitbucket and Atlassian
  { anchors: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], pattern: /gh[opusr]_[A-Za-z0-9]{30,255}/y },
  { anchors: ['gith'], pattern: /github_pat_\w{30,255}/y },
  {
    anchors: ['glpa', 'glrt', 'gldt', 'glcb', 'glpt', 'glft', 'glff', 'glim', 'glag', 'glso', 'gloa', 'glwt'],
    pattern: /gl(?:pat|rt|rtr|ptt|dt|cbt|soat|ft|ffct|imt|agent|oas|wt)-[\w.-]{16,300}/y,
  },
  { anchors: ['gr00'], pattern: /GR1348941[\w-]{16,9999}/y },
  { anchors: ['atat', 'atct', 'atst'], pattern: /AT(?:AT|CT|ST)T3[\w=-]{40,9999}/y },
  { anchors: ['atbb'], pattern: /ATBB[A-Za-z0-9]{20,9999}/y },
  // Slack, Discord, Telegram, Teams
  {
    anchors: ['xoxa', 'xoxb', 'xoxc', 'xoxd', 'xoxe', 'xoxo', 'xoxp', 'xoxr', 'xoxs'],
    pattern: /xox[a-eoprs](?:\.xox[bp])?-[\w%+/=-]{10,400}/y,
  },
  { anchors: ['xapp', 'xwfp'], pattern: /(?:xapp|xwfp)-\d-?[\w-]{10,255}/iy },
  { anchors: ['slac'], pattern: /slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/([\w+/-]{16,200})/y },
  { anchors: ['webh'], pattern: /webhooks\/\d{10,25}\/([\w-]{20,200})/y, inWord: true },
  { anchors: ['webh'], pattern: /webhookb2\/([\w@/-]{60,400})/y, inWord: true },
  {
    anchors: [' md?', ' mt?', ' mj?', ' mz?', ' nd?', ' nt?', ' nj?', ' nz?', ' od?', ' ot?'],
    pattern: /[MNO][DTjz][\w-]{20,30}\.[\w-]{6}\.[\w-]{25,50}/y,
    before: -1,
  },
  { anchors: ['0:aa'], pattern: /(?<=(?:^|\D)\d{5,16}:)AA[\w-]{32,34}(?![\w-])/y, before: -2, inWord: true },
  // Stripe, Square, Shopify, Plaid and other payment services
  { anchors: ['sk_l', 'sk_t', 'sk_p', 'rk_l', 'rk_t', 'rk_p'], pattern: /[sr]k_(?:live|test|prod)_\w{10,255}/y },
  { anchors: ['whse'], pattern: /whsec_[\w+/]{20,9999}={0,2}/y },
  { anchors: ['sq0a', 'sq0c', 'sq0i'], pattern: /sq0[a-z]{3}-[\w-]{22,60}/y },
  { anchors: ['shpa', 'shpc', 'shpp', 'shps'], pattern: /shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}/y },
  { anchors: ['flws'], pattern: /FLWSECK(?:_TEST)?-[\w-]{12,9999}/y },
  { anchors: ['ship'], pattern: /shippo_(?:live|test)_[a-fA-F0-9]{40}/y },
  { anchors: ['duff'], pattern: /duffel_(?:test|live)_[\w=-]{40,9999}/y },
  { anchors: ['ezak', 'eztk'], pattern: /EZ[AT]K[A-Za-z0-9]{54}/y },
  // Google
  { anchors: ['aiza'], pattern: /AIza[\w-]{30,9999}/y },
  { anchors: ['ya00'], pattern: /ya29\.[\w-]{20,9999}/y },
  { anchors: ['gocs'], pattern: /GOCSPX-[\w-]{20,9999}/y },
  // Package and image registries
  { anchors: ['npm_'], pattern: /npm_[A-Za-z0-9]{30,9999}/y },
  { anchors: ['pypi'], pattern: /pypi-[\w-]{50,9999}/y },
  { anchors: ['ruby'], pattern: /rubygems_[a-f0-9]{48}/y },
  { anchors: ['dckr'], pattern: /dckr_(?:pat|oat)_[\w-]{20,9999}/y },
  { anchors: ['akcp'], pattern: /AKCp[A-Za-z0-9]{60,9999}/y },
  { anchors: ['cmvm'], pattern: /cmVmd[A-Za-z0-9]{55,9999}/y },
  { anchors: ['cloj'], pattern: /CLOJARS_[a-z0-9]{60}/iy },
  // Language models
  { anchors: ['sk-?'], pattern: /sk-(?:(?:proj|svcacct|admin|None|ant|or)-[\w-]{20,9999}|[A-Za-z0-9]{32,9999})/y },
  { anchors: ['hf_?'], pattern: /hf_[A-Za-z0-9]{30,9999}/y },
  { anchors: ['_org'], pattern: /api_org_[A-Za-z0-9]{30,9999}/y, before: 3 },
  { anchors: ['pplx'], pattern: /pplx-[A-Za-z0-9]{40,9999}/y },
  { anchors: ['gsk_'], pattern: /gsk_[A-Za-z0-9]{40,9999}/y },
  { anchors: ['xai-'], pattern: /xai-[A-Za-z0-9]{60,9999}/y },
  { anchors: ['r0_?'], pattern: /r8_[A-Za-z0-9]{30,9999}/y },
  // Azure and Databricks
  {
    anchors: ['0q ?', '0q 0', '0q _', '0q -', '0q .'],
    pattern: /[\w~.]{3}\dQ~[\w~.-]{31,34}/y,
    before: 3,
    inWord: true,
  },
  { anchors: ['dapi', 'dkea', 'dose', 'dosa'], pattern: /d(?:api|kea|ose|osa)[a-f0-9]{32}(?:-\d)?/y },
  // E-mail and telephony
  { anchors: ['sk##'], pattern: /SK[0-9a-fA-F]{32}\b/y },
  { anchors: ['sg.?', 'sg.-', 'sg._'], pattern: /SG\.[\w-]{16,32}\.[\w-]{16,64}/y },
  { anchors: ['xkey', 'xsmt'], pattern: /x(?:keysib|smtpsib)-[a-f0-9]{64}-[A-Za-z0-9]{16}/y },
  { anchors: ['key-'], pattern: /key-[a-f0-9]{32}\b/y },
  { anchors: ['-us0'], pattern: /[a-f0-9]{32}-us\d{1,2}\b/y, before: 32 },
  // Infrastructure
  { anchors: ['.atl'], pattern: /[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,9999}/y, before: 14 },
  { anchors: ['hvs.', 'hvb.', 'hvr.'], pattern: /hv[sbr]\.[\w-]{24,9999}/y },
  { anchors: ['dop_', 'doo_', 'dor_'], pattern: /do[opr]_v1_[a-f0-9]{64}/y },
  { anchors: ['hrku'], pattern: /HRKU-[\w-]{30,9999}/y },
  { anchors: ['pul-'], pattern: /pul-[a-f0-9]{40}/y },
  { anchors: ['psca'], pattern: /pscale_(?:tkn|oauth|pw)_[\w=.-]{32,9999}/y },
  { anchors: ['dp.p', 'dp.s', 'dp.c'], pattern: /dp\.(?:pt|st|sa|ct|scim|audit)\.[\w.-]{40,9999}/y },
  { anchors: ['tske'], pattern: /tskey-[a-z]+-[\w-]{16,9999}/y },
  { anchors: ['fo0_', 'fm0_', 'fm0a', 'fm0r'], pattern: /f(?:o1|m2|m1[ar])_[\w+/-]{40,9999}={0,3}/y },
  { anchors: ['glc_', 'glsa'], pattern: /gl(?:c|sa)_[\w+/]{32,9999}={0,3}/y },
  { anchors: ['eyjr'], pattern: /eyJrIjoi[A-Za-z0-9]{70,400}={0,3}/y },
  { anchors: ['sntr'], pattern: /sntry[su]_[\w+/=]{40,9999}/y },
  { anchors: ['dt0c', 'dt0s'], pattern: /dt0[a-z]\d\d\.[A-Z0-9]{24}\.[A-Z0-9]{64}/iy },
  { anchors: ['nrak', 'nrii', 'nrjs', 'nrra'], pattern: /NR(?:AK|II|JS|RA)-[\w-]{19,9999}/y },
  { anchors: ['pmak'], pattern: /PMAK-[a-f0-9]{24}-[a-f0-9]{34}/iy },
  { anchors: ['api-'], pattern: /API-[A-Z0-9]{26}\b/y },
  { anchors: ['v0.0'], pattern: /v1\.0-[a-f0-9]{24}-[a-f0-9]{146}/y },
  { anchors: ['ccip'], pattern: /CCIP(?:AT|RT)_[\w-]{30,9999}/y },
  { anchors: ['bkua'], pattern: /bkua_[a-f0-9]{40}/y },
  { anchors: ['sbp_'], pattern: /sbp_[a-f0-9]{40}/y },
  { anchors: ['nfp_'], pattern: /nfp_[A-Za-z0-9]{36,9999}/y },
  { anchors: ['squ_', 'sqp_', 'sqa_'], pattern: /sq[upa]_[a-f0-9]{40}/y },
  { anchors: ['pnu_'], pattern: /pnu_[A-Za-z0-9]{36}/y },
  { anchors: ['sgp_'], pattern: /sgp_(?:(?:[a-fA-F0-9]{16}|local)_)?[a-fA-F0-9]{40}/y },
  { anchors: ['ico-'], pattern: /ico-[A-Za-z0-9]{32}/y },
  { anchors: ['cfpa'], pattern: /CFPAT-[\w-]{40,9999}/y },
  { anchors: ['rdme'], pattern: /rdme_[a-z0-9]{70}/y },
  // Office software
  { anchors: ['lin_'], pattern: /lin_(?:api|oauth)_[A-Za-z0-9]{40,9999}/y },
  { anchors: ['ntn_'], pattern: /ntn_[A-Za-z0-9]{40,9999}/y },
  { anchors: ['figd'], pattern: /figd_[\w-]{30,9999}/y },
  { anchors: ['tfp_'], pattern: /tfp_[\w.=-]{50,9999}/y },
  { anchors: ['ops_'], pattern: /ops_eyJ[\w+/]{100,9999}={0,3}/y },
  { anchors: ['p0e-'], pattern: /p8e-[a-zA-Z0-9]{32}/y },
  { anchors: ['eaam', 'eaac', 'eaaa'], pattern: /EAA[MCA][\w-]{40,9999}/y },
  // age, and SSH encryption
  { anchors: ['age-'], pattern: /AGE-SECRET-KEY-1[A-Z0-9]{30,9999}/iy },
  { anchors: ['-lin'], pattern: /Private-Lines: \d+\s+([\w+/=\s]+)/y, before: 7 },
];
