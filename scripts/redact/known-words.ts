/**
 * The words that appear in AWS's states, types, keys and error messages, in lower case. A text with any other word is
 * treated as a user's own: names cannot be listed, but AWS's vocabulary is small.
 */

const SERVICES = `
  access accessanalyzer account acm amplify amplifyuibuilder analyzer apigateway appconfig appflow application appmesh
  apprunner appstream appsync aps artifact athena auditmanager autoscaling backup batch bedrock billing braket budgets
  cassandra ce chatbot chime cloud cloudcontrolapi clouddirectory cloudformation cloudfront cloudhsm cloudsearch
  cloudshell cloudtrail cloudwatch codeartifact codebuild codecommit codedeploy codeguru codepipeline codestar cognito
  comprehend compute config connect console consolidatedbilling controltower cost cur databrew dataexchange datapipeline
  datasync dax deepracer detective devicefarm devops directconnect directory dlm dms docdb ds dynamodb ebs ec ecr ecs
  efs eks elasticache elasticbeanstalk elasticfilesystem elasticloadbalancing elasticmapreduce elastictranscoder emr
  entitlement es evidently execute eventbridge events explorer fargate fis firehose fms forecast freetier fsx gamelift
  geo glacier globalaccelerator glue grafana greengrass groundstation guardduty guru health healthlake honeycode iam
  identitystore imagebuilder importexport inspector internetmonitor iot iotanalytics iotevents ivs kafka kendra kinesis
  kinesisanalytics kms lakeformation lambda lex license lightsail logs lookoutmetrics macie managedblockchain
  marketplace mediaconnect mediaconvert medialive mediapackage mediastore memorydb mgn mobiletargeting monitoring mq
  neptune networkfirewall networkmanager notifications oam omics opensearch opsworks organizations outposts personalize
  pi pinpoint pipes polly pricing proton qldb quicksight ram rds redshift rekognition resiliencehub resource robomaker
  rolesanywhere route rum s sagemaker savingsplans scheduler schemas sdb secretsmanager securityhub securitylake
  serverlessrepo servicecatalog servicediscovery servicequotas ses shield signer signin sms snow snowball sns sqs ssm sso
  states storagegateway sts support swf synthetics sustainability tag textract timestream tiros transcribe transfer
  translate trustedadvisor verifiedpermissions vpc vpce waf wafv wellarchitected wisdom workdocs worklink workmail
  workspaces xray ssmmessages sso oidc oauth saml securityhub internal elb alb nlb aoss appregistry cassandra amazon
  amazonaws aws awslogs`;

const API = `
  a acceleration accelerate alpha amz beta belong gather accept acceptance accepted accessed acl acls acquire action actions activate activated
  activation active activity actor acu add added additional address addresses adjust adjustment admin administrator
  advanced aes affinity after age agent aggregate aggregated aggregates aggregation aggregator alarm alarms alert algorithm
  alias aliases all allocate allocated allocation allocations allow allowed alternate always ami amount analysis analytics
  analyze anchor anchors and any anywhere api apply applied approval approve approved apps archive archived architecture
  architectures arguments arm arn arns array artifacts as assertion assessment assign assigned assignment assignments
  associate associated associating association associations assume assumed assurance async asynchronous at attach attached
  attaching attachment attachments attempt attempts attribute attributes audience audit auth authenticate authenticated
  authentication author authority authorization authorize authorized authorizer auto automated automatic automation
  availability available await az azs b back balanced balancer balancers balancing bandwidth bare base based basic before
  begin behavior behaviour between bidder billed bin binary bios bit blob block blocked blocking blocks blue body boolean
  boost boot border both bottlerocket boundary bucket buckets budget build builds bundle burst business by bypass byte bytes
  c ca cache cached caching calendar call called caller can cancel canceled cancelled cancelling capabilities capability
  capacity card cards case catalog categories category causes certificate certificates chain change changed changes
  changeset channel character characters charge charset check checks checksum child children cidr cidrs cipher class classes
  classic classification clean cleanup clear client clients clone close closed cluster clusters cmk code codes coip cold
  collection collections column columns command commands comment commit common compare comparison compatibilities
  compatibility compatible complete completed completion compliance compliant component components compress compressed
  compression computer concurrency concurrent condition conditions configs configuration configurations configure configured
  confirm confirmation confirmed conflict connected connecting connection connections connectivity consent consistency
  consistent consumed consumer contact contacts container containers content contents context continue contributor control
  controlled controller controls convert cookie copies copy core cores correlation cors count counts country cpu cpus create
  created creating creation creator credential credentials credit credits criteria cross csv cumulative currency current
  currently custom customer cycle d daily data database databases dataset date datetime day days db dbi dead debug decode
  decoded decline declined decode decrease decrypt decryption dedicated deep default defaults define defined definition
  definitions degraded delay delegate delegated delegation delete deleted deleting deletion deliver delivered delivery
  delta denied deny dependencies dependency deploy deployed deploying deployment deployments deprecate deprecated
  deprecation deprovision deregister describe describes description desired destination destinations destroy detach
  detached detaching detail detailed details detect detection detector detectors device devices dhcp dialog digest dimension
  dimensions direct directive disable disabled disabling disaster disassociate disassociated disassociating disconnect
  discover discovered discovery discrete disk disks dispatch display distinct distribution dns document documents domain
  domains done double downgrade download draft drain draining drift drive driver drop dry dual duplicate duration dynamic e
  early ebs ecdhe ecdsa edge edition effect effective eigw egress elastic element elements email emails empty ena enable
  enabled enabling enclave encoded encoding encrypt encrypted encryption end ended ending endpoint endpoints enforce enforced
  engine enhanced enrolled entity entities entries entry enum environment environments ephemeral equal equals eq error
  errored errors escalation evaluate evaluated evaluation event evaluations ex exact exception exceptions excess exclude
  excluded exclusive executable execute executed executing execution executions exempt exists exit expand expected expiration
  expire expired expires expiry explicit export exported exporting expression extended extension external extra f fail failed
  failing failover fails failure failures false family fast faster fault fax feature features federated federation fetch field
  fields fifo file files filesystem filter filters final finding findings fingerprint finish finished firewall fixed flag
  flags flat flavor fleet fleets flexible float flow flows folder footprint for force forced forget format formats forward
  forwarded forwarding found frequency from full fully function functions g gateway gateways gb gcm general generate generated
  generation generic get gib global government gp gpu grant granted grants granularity grantee grants greater green group
  groups growth guaranteed guest h handle handler handshake hard hash head header headers heartbeat hibernate hibernated
  hibernation hidden high highest history hit hmac hold home hook hop host hosted hosts hot hour hourly hours hsm html http
  https hub hvm hybrid hyper hypervisor i icmp icon id identical identification identifier identifiers identities identity
  idle ids if ignore ignored igw image images immediate immutable impaired implicit import imported importing in inactive
  include included includes inclusive increase incremental index indexed indexes indices individual infected inference
  infrastructure ingress inherited initial initialize initialized initializing initiate initiated inline input inputs insert
  insight insights inspection install installed instance instances instant insufficient int integer integrity intelligent
  intermediate interactive interface interfaces international internet interrupted interruption interval intervals
  inventory invitation invitations invite invited invocation invocations invoke invoked invoker ip ipam ipam ips ipsec iops
  ipv is isolated isolation issue issued issuer item items java javascript job jobs join json k keep kernel key keypair
  keys keyspace kib kill kind l label labels language large last latency latest launch launched launching layer layers lead
  leave left legacy legal length less level levels library lifecycle lifetime limit limits line lines link linked linking
  links linux list listed listen listener listeners listing lists live load loading local locale location locations lock
  locked locking log logged logging logical login logout long longest lookup low lower lowest lt m mac machine magnetic
  mail main maintenance major manage managed management manager manifest manual map mapped mapping mappings mark marker mask
  master match matched matches matching max maxed maximum mb md mean measure media member members membership memberships
  memory merge message messages meta metadata metal meter method methods metric metrics mfa mib micro migrate migration
  milliseconds min minimal minimum minor minute minutes misses mixed mobile mode model models modes modification
  modifications modified modify modifying module monitor monitored monitors month monthly more mount mounted move moved moving
  ms mtu multi multipart multiple multiplier mutable mysql n name named names namespace namespaces nat native near negative
  net netbios network networks never new next nfs nist no node nodegroup nodegroups nodejs nodes non none normal not
  notification notified notify ntp null number numbers numeric o object objects observe occurred of off offer offering
  offerings office offline offset oidc old older on once one online only open opened opening openid openjdk operand operating
  operation operational operations operator opt optimization optimize optimized option optional options or oracle order
  orderable ordered organization organizational origin original origins os other ou out outbound outpost output outputs over
  overlap override overrides overwrite own owned owner owners ownership p package packages packet packets page pages paid pair
  pairs parallel parameter parameters parent parquet part partial partially participant partition partitions partner parts
  party pass passive password passwords patch patches patching path paths pattern patterns pause paused pausing payer payload
  payment pca peer peered peering pem pending percent percentage perform performance period permanent permission permissions
  permit persistent phase phone physical pick pipeline pipelines pkce pkcs placeholder placement plain plaintext plan planned
  planning plans platform playready point pointer policies policy poll polling pool pools popup port portal portfolio ports
  position post postgres postgresql power pre prefer preference preferences preferred prefix prefixes prepare presented
  presigned prevent prevention preview previous price primary principal principals priority private privilege privileges
  process processed processing processor processors product production products profile profiles program progress project
  projects promote propagate propagated propagating propagation properties property protect protected protection protocol
  protocols provided provider providers provision provisioned provisioning proxy ps public publication publicly publish
  published publisher pull purchase purchased purge purpose push put python q qualified qualifier quantity quarantine queries
  query queue queued queues quick quota quotas r raid ram random range ranges rate rates ratio raw re reachable reactive read
  reader readonly ready real realtime reason reboot rebooting rebuild rebuilding receipt receive received receiver recipe
  recipient recommendation recommendations record recorded recorder recording records recover recovered recovery recursive
  red redirect redis redrive reduce reference references refresh refuse region regional regions register registered
  registering registration registrations registry reject rejected rejecting related relation release released releases
  releasing reload remaining remediation remote removal remove removed removing rename renamed renew renewal reorder repair
  replace replaced replacement replacing replica replicas replicate replicated replicating replication report reported
  reporter reporting reports repositories repository request requested requester requesters requesting requests require
  required requirement requirements requires reservation reservations reserve reserved reset resetting residual resiliency
  resize resizing resolution resolve resolved resolver resources response responses restart restarting restore restored
  restoring restrict restricted restriction restrictions result results resume resumed resync retain retention retire retired
  retiring retries retrieval retrieve retry return returned reverse reverting review revision revisions revoke revoked right
  rights role roles rollback rolling root roots rotate rotated rotation routes routing row rows rsa rule rules run running
  runs runtime same sample sampled sampling sc scalable scale scaling scan scanned scanning scans schedule scheduled scheduler
  schedules scheduling schema scheme scope scoped score script scrub sdk se search seasonal second secondary seconds secret
  secrets section sections secure security segment segments select selected selection selector selectors self send sender
  sensitive sensitivity sent sequence serial series serve server serverless servers service services session sessions set
  sets setting settings setup severity sg sha shadow shape shard shards share shared shares sharing shell short shrink shut
  shutdown shutting sid side sign signal signals signature signatures signed signing simple since single site sites size sizes
  skip skipped slave slot slots small smart smtp snapshot snapshots snap snapstart snippets snssubscription soap socket soft
  software sort source sources space spec specification specifications specified specify split spot spread sql sqlserver srv
  ssd ssh ssl stable stack stacks stackset stage staged stages stale standalone standard standards standby start started
  starting startup state stateful stateless statement statements static statistic statistics stats status statuses step steps
  sticky stop stopped stopping storage store stored strategy stream streaming streams strict string strings strong style
  subject subjects submit submitted subnet subnets subscribe subscribed subscriber subscribers subscription subscriptions
  subtype succeed succeeded success successful suffix suggested summaries summary super supported suppress suppressed suspend
  suspended sustained swap switch sync synchronous synced syncing syntax system systems t table tables tags tagging tagged
  tape target targets task tasks tcp team tech telemetry template templates temporary tenancy tenant term terminal terminate
  terminated terminating termination terms test tested testing tests text textual tgw thing things third thread threads
  threshold thresholds throttle throttled throttling throughput thumbprint ticket tier tiers time timed timeout timeouts times
  timestamp timezone title tls to toggle token tokens tool top topic topics total totals touch trace traces tracing tracked
  tracker tracking traditional traffic trail trails train training transaction transactions transcript transferred transform
  transit transition transitions transitional transport trigger triggered triggers true trunk trust trusted ttl tue tunnel
  tunnels type types u udp ultra unable unarchived unassign unattached unavailable unblock unbounded uncompressed undefined
  under unencrypted unhealthy unified uninstall union unique unit units unknown unlimited unlock unmanaged unmodified unordered
  unprotected unsigned unspecified unsubscribe unsuccessful unsupported untag until unused up update updated updates updating
  upgrade upgraded upgrading upload uploaded uploads upper uri uris url urls usage usb use used user users uses utc utf utility
  utilization uuid v valid validate validated validation validity value values variable variables variant vault vaults vcpu
  vector verification verified verify verifying version versioned versioning versions vgw via victim video view viewer views
  virtual visibility visible volume volumes vpn w wait waiting warm warning warnings web webhook website week weekly weight
  weighted weights whitelist widget width wild wildcard window windows with without work worker workers workflow workflows
  workgroup workload workspace write writer writes written x xen xlarge xml y year years yearly yes z zip zone zones zonal
  acled additionally aaaa cname mx ns ptr soa txt caa sni hdd optin optout datapoints notary ondemand dbinstance paravirtual
  sid samlp idp mtls sse pse ipcidr ddl dml dr sla slo gtid wal udt etag etags cdn csr crl ocsp pgp opaque sriov efa nvme
  vif gre bgp asn eni ltm jwks jwt pin otp totp uefi tpm fips hpke hipaa pci soc gdpr iso cis nist sts sigv aclgrantee
  ecc secp symmetric asymmetric ecparameters onboarding offboarding authz authn allusers logdelivery loggroup
  logstream checkpoint checkpoints canary canaries awsvpc bridge daemon awslogs splunk fluentd gelf journald syslog
  mariadb aurora valkey memcached mongodb cassandra graph sparql gremlin hive spark presto trino hadoop flink
  amd x86 arm graviton intel nvidia dotnet node ruby go golang rust php perl bash powershell alpine ubuntu debian
  centos rhel suse fedora macos redhat us eu ap sa ca me af il cn mx gov east west north south central northeast southeast
  northwest southwest sun mon tue wed thu fri sat jan feb mar apr may jun jul aug sep oct nov dec am pm doc com org net
  agreement availabilityzone transitgateway spotfleet dbcluster dbsnapshot natgateway ipaddress networkinterface
  securitygroup subnetgroup keyid keyname userid username usernames hostname hostnames filename accesskey secretkey
  passrole getobject putobject everyone allusers authenticatedusers cloudhub mib kib gib tib tb pb kb bps kbps mbps gbps iam
  upn url ec aggregatetype intermediary deliverystream taskdef taskdefinition containerdefinition volumeattachment replicaset
  statefulset daemonset configmap pod pods kubernetes namespace ingresses endpointslice clusterrole rolebinding csi cni
  kubelet helm docker oci ecrpublic dockerfile buildspec appspec sourcecode webapp rest websocket graphql grpc soap rpc`;

const ENGLISH = `
  about above according across actually again against ago almost already also although an another are aren around ask asked
  attempted attempting aware away bad be because been being below best better but came cannot cause caused causing certain
  choose chosen come comes consider considered consist consists contain contained containing contains could couldn decide
  delimited depends despite determine determined did didn different do does doesn doing don down due during each earlier either
  else encountered enough ensure enter entered especially etc even ever every everything exactly example exceed exceeded
  exceeding exceeds except exist existing expects explicitly far few find first follow followed following follows four gave
  given gives giving gone good got had happened has hasn have haven having he help her here him his how however illegal
  implicitly improper improperly inaccessible incompatible incomplete inconsistent incorrect incorrectly indicate indicated
  indicates ineligible inside instead into invalid isn it its itself just known later least let lets like likely long look
  made make makes making malformed many may maybe mean means met might mismatch missing mistake most much must nearest
  necessary need needed needs neither non nor nothing now occur occurs often okay omit omitted one ones original originally
  others otherwise our outside own paused per perhaps perhaps permitted place please possible prevented prevents prior
  probably problem proceed properly provide provides providing rather reach reached receiving refer referenced referring
  refers regarding relevant repeat requesting said saw say says second see seem seems seen several shall she should shouldn
  show shown similar simultaneous so some someone something sometimes soon specific specifying still such supply supplied
  sure take taken takes than that the their them then there therefore these they this those though three through thus
  together too took toward tried tries try trying turn two unauthorized unexpected unless unrecognized unsuccessfully upon
  us using usually valid very violate violated violates violation visit want wanted wants was wasn way we well were weren what
  when where whether which while who whole whom whose why will wish within won would wouldn wrong yet you your zero exceeds
  accordingly contact denied ineligible insufficient eligible abort aborted acquire unable larger smaller longer shorter
  newer older later sooner enough support supports supporting responsible reserved reason reasons reachable unreachable
  retrying temporarily permanently currently recently previously successfully publicly privately directly automatically
  manually immediately asynchronously simultaneously validating checking looking making getting sending reading writing
  listing deleting creating calling performing processing`;

const KNOWN: ReadonlySet<string> = new Set(`${SERVICES} ${API} ${ENGLISH}`.trim().split(/\s+/));

/** The words of `DBInstance`, `in-use`, `IPv6`, `VPCs`: a capital followed by small letters begins a word. */
const WORDS = /\p{Lu}{2,}(?=[sv](?!\p{Ll}))|\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{Lt}\p{Lm}]+/gu;
/** Five or more digits identify something. */
const LONG_NUMBER = /\d{5}/;
/** Results for earlier texts, because the same texts occur often. */
const RESULTS = new Map<string, boolean>();
const MOST_RESULTS = 50_000;

/** Whether a text consists only of AWS's words, punctuation and short numbers. */
export function isMadeOfKnownWords(text: string): boolean {
  let result = RESULTS.get(text);
  if (result === undefined) {
    result = !LONG_NUMBER.test(text) && Array.from(text.matchAll(WORDS), ([word]) => word).every(isKnown);
    if (RESULTS.size < MOST_RESULTS) RESULTS.set(text, result);
  }
  return result;
}

function isKnown(word: string): boolean {
  const lower = word.toLowerCase();
  return /^[a-z]$/.test(lower) || KNOWN.has(lower) || (lower.endsWith('s') && KNOWN.has(lower.slice(0, -1)));
}
