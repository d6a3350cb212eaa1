#!/usr/bin/env bash
# Ceph's Object Gateway on loopback, with all data in memory: an S3 that this project did not write.
#
#   eval "$(bash test/support/ceph.sh start)"   starts it (once) and says to the shell what the tests need
#   bash test/support/ceph.sh env               says it again
#   bash test/support/ceph.sh stop
#
# Needs ceph-mon, ceph-osd and radosgw (Debian packages of these names); no systemd, no containers, no root.
# Elsewhere than by default: CULPRIT_CEPH_DIR (its state), CULPRIT_CEPH_PORT, CULPRIT_CEPH_MON_PORT.
set -euo pipefail

state=${CULPRIT_CEPH_DIR:-${TMPDIR:-/tmp}/culprit-ceph-$(id -u)}
port=${CULPRIT_CEPH_PORT:-7480}
mon_port=${CULPRIT_CEPH_MON_PORT:-6789}
access_key=culprit-test-access-key
secret_key=culprit-test-secret-key-0123456789abcdef
# Somebody else, who may do only what a bucket's policy allows.
reader_access_key=culprit-test-reader-key
reader_secret_key=culprit-test-reader-secret-0123456789abcdef
export CEPH_CONF=$state/ceph.conf

say() { echo "ceph.sh: $*" >&2; }

# Runs its arguments every 0.2 s until they succeed, for 40 s.
wait_for() {
  local what=$1
  shift
  for _ in $(seq 200); do
    if "$@" >/dev/null 2>&1; then return; fi
    sleep 0.2
  done
  say "$what did not start; its logs are in $state/log"
  exit 1
}

# Starts a daemon in the foreground mode that lets us keep its process id, detached from our input and output.
daemon() {
  local name=$1
  shift
  "$@" -f >"$state/log/$name.out" 2>&1 </dev/null &
  echo "$!" >>"$state/pids"
}

is_running() {
  [ -s "$state/pids" ] || return 1
  while read -r pid; do kill -0 "$pid" 2>/dev/null || return 1; done <"$state/pids"
}

# Every daemon finds its key in the one keyring.
add_key() {
  local name=$1
  shift
  ceph-authtool "$state/keyring" --gen-key -n "$name" "$@" >>"$state/log/setup.out"
}

# Without tcp_nodelay each answer with a body waits 40 ms for an acknowledgement.
write_conf() {
  cat >"$CEPH_CONF" <<EOF
[global]
fsid = $1
mon host = 127.0.0.1:$mon_port
public addr = 127.0.0.1
cluster addr = 127.0.0.1
run dir = $state/run
admin socket = $state/run/\$name.asok
pid file = $state/run/\$name.pid
log file = $state/log/\$name.log
crash dir = $state/run
keyring = $state/keyring
mon data avail crit = 1
mon data avail warn = 1
mon osd min up ratio = 0
mon max pg per osd = 2000
mon allow pool size one = true
paxos propose interval = 0.05
paxos min wait = 0.02
osd crush chooseleaf type = 0
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pg autoscale mode = off
osd failsafe full ratio = 0.99
osd objectstore = memstore
memstore device bytes = 4294967296

[mon.a]
mon data = $state/mon

[osd.0]
osd data = $state/osd

[client.gateway]
rgw data = $state/gateway
rgw frontends = beast endpoint=127.0.0.1:$port tcp_nodelay=1
rgw dns name = s3.localhost
rgw dns s3website name = s3-website.localhost
rgw enable static website = true
rgw enable apis = s3, s3website
rgw relaxed region enforcement = true
rgw enable gc threads = false
rgw enable lc threads = false
rgw enable usage log = false
EOF
}

start() {
  if is_running; then
    print_env
    return
  fi
  for program in ceph-mon ceph-osd radosgw radosgw-admin ceph ceph-authtool monmaptool; do
    if ! command -v "$program" >/dev/null; then
      say "there is no $program: install the Debian packages ceph-mon, ceph-osd and radosgw"
      exit 1
    fi
  done
  rm -rf "$state"
  # Whatever goes wrong from here on, nothing is left running.
  trap stop_daemons EXIT
  mkdir -p "$state"/{mon,osd,gateway,run,log}
  local fsid osd_uuid
  fsid=$(cat /proc/sys/kernel/random/uuid)
  osd_uuid=$(cat /proc/sys/kernel/random/uuid)
  write_conf "$fsid"
  add_key mon. --create-keyring --cap mon 'allow *'
  add_key client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
  add_key osd.0 --cap mon 'allow profile osd' --cap osd 'allow *' --cap mgr 'allow profile osd'
  add_key client.gateway --cap mon 'allow rwx' --cap osd 'allow rwx'

  monmaptool --create --add a "127.0.0.1:$mon_port" --fsid "$fsid" "$state/monmap" >>"$state/log/setup.out"
  ceph-mon --mkfs -i a --monmap "$state/monmap" --keyring "$state/keyring" >>"$state/log/setup.out" 2>&1
  daemon mon ceph-mon -i a
  wait_for 'the monitor' ceph --connect-timeout 1 -s

  ceph auth import -i "$state/keyring" >>"$state/log/setup.out" 2>&1
  ceph osd new "$osd_uuid" 0 >>"$state/log/setup.out" 2>&1
  ceph-osd -i 0 --mkfs --osd-uuid "$osd_uuid" >>"$state/log/setup.out" 2>&1
  daemon osd ceph-osd -i 0
  wait_for 'the object store' bash -c 'ceph osd stat | grep -q "1 up"'

  daemon gateway radosgw -n client.gateway
  wait_for 'the gateway' bash -c ": </dev/tcp/127.0.0.1/$port"
  radosgw-admin user create --uid=culprit --display-name=Culprit \
    --access-key="$access_key" --secret-key="$secret_key" >>"$state/log/setup.out" 2>&1
  radosgw-admin user create --uid=reader --display-name=Reader \
    --access-key="$reader_access_key" --secret-key="$reader_secret_key" >>"$state/log/setup.out"
  trap - EXIT
  say "gateway at http://127.0.0.1:$port"
  print_env
}

print_env() {
  echo "export CULPRIT_CEPH_ENDPOINT=http://127.0.0.1:$port"
  echo "export CULPRIT_CEPH_ACCESS_KEY=$access_key"
  echo "export CULPRIT_CEPH_SECRET_KEY=$secret_key"
  echo "export CULPRIT_CEPH_READER_ACCESS_KEY=$reader_access_key"
  echo "export CULPRIT_CEPH_READER_SECRET_KEY=$reader_secret_key"
}

stop_daemons() {
  [ -e "$state/pids" ] || return 0
  # The gateway first: without its store it would wait for ever.
  tac "$state/pids" | while read -r pid; do
    kill "$pid" 2>/dev/null || continue
    for _ in $(seq 25); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.2
    done
    kill -9 "$pid" 2>/dev/null || true
  done
  rm -f "$state/pids"
}

stop() {
  stop_daemons
  rm -rf "$state"
}

case ${1:-} in
  start) start ;;
  stop) stop ;;
  env) print_env ;;
  *)
    say 'say start, stop or env'
    exit 2
    ;;
esac
