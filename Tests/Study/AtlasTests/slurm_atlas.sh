#!/usr/bin/env bash
# Makes an atlas with a real Slurm, one node and an array of tasks, one of which is killed and runs
# again; what is merged must be the file of a single run, byte for byte.
#
# Needs root, for Slurm's services are started here and stopped at the end:
#
#     apt-get install -y --no-install-recommends slurmctld slurmd slurm-client munge
#     swift build -c release
#     Tests/Study/AtlasTests/slurm_atlas.sh FOLDER [TASKS]
set -euo pipefail
folder=$(realpath "${1:?expected a folder of images}")
tasks=${2:-3}
program=$(realpath "${PROGRAM:-.build/release/mobilenet-explorer}")
scratch=$(mktemp -d)
network="--weights mobilenet-0.25 --resolution 128 --threads 1"

stop() {
  for service in slurmd slurmctld munged; do
    [ ! -f "$scratch/$service.pid" ] || kill "$(cat "$scratch/$service.pid")" 2>/dev/null || true
  done
  sleep 1
  rm -rf "$scratch"
}
trap stop EXIT

chmod 755 "$scratch"
mkdir "$scratch/munge" "$scratch/state" "$scratch/spool"
head -c 1024 /dev/urandom > "$scratch/munge/key"
chmod 400 "$scratch/munge/key"
chmod 700 "$scratch/munge"
munged --force --key-file="$scratch/munge/key" --socket="$scratch/munge.socket" \
  --pid-file="$scratch/munged.pid" --log-file="$scratch/munge/log" --seed-file="$scratch/munge/seed"
cat > "$scratch/slurm.conf" <<CONF
ClusterName=atlas
SlurmctldHost=$(hostname -s)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$scratch/munge.socket
CryptoType=crypto/munge
SlurmctldPort=16817
SlurmdPort=16818
StateSaveLocation=$scratch/state
SlurmdSpoolDir=$scratch/spool
SlurmctldPidFile=$scratch/slurmctld.pid
SlurmdPidFile=$scratch/slurmd.pid
SlurmctldLogFile=$scratch/slurmctld.log
SlurmdLogFile=$scratch/slurmd.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
JobRequeue=1
NodeName=$(hostname -s) CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=60 State=UP
CONF
export SLURM_CONF="$scratch/slurm.conf"
slurmctld -f "$SLURM_CONF"
slurmd -f "$SLURM_CONF" -N "$(hostname -s)"
for _ in $(seq 30); do
  sinfo --noheader --format=%T | grep -q idle && break
  sleep 1
done

"$program" atlas "$folder" -o "$scratch/whole" $network > /dev/null
cat > "$scratch/task" <<TASK
#!/bin/bash
exec "$program" atlas "$folder" -o "$scratch/part-\$SLURM_ARRAY_TASK_ID" --shard auto \
  --save-every 1 $network
TASK
submit() { sbatch --parsable --output="$scratch/log-%a" "$@" "$scratch/task"; }
job=$(submit --array="1-$tasks")
sleep 2
# A node that goes down gives no warning.
scancel --signal=KILL "${job}_1" || true
while squeue --noheader --job="$job" 2>/dev/null | grep -q .; do sleep 1; done
for part in $(seq "$tasks"); do
  if [ ! -f "$scratch/part-$part" ]; then
    echo "task $part was killed; it runs again"
    # Of a single task Slurm would say that there is one.
    sbatch --wait --parsable --output="$scratch/log-$part" --export="ALL,JOB_COMPLETION_INDEX=$((part - 1))" \
      --wrap="'$program' atlas '$folder' -o '$scratch/part-$part' --shard auto/$tasks $network" > /dev/null
  fi
done
"$program" atlas merge "$scratch"/part-* -o "$scratch/merged" > /dev/null || {
  tail -n 3 "$scratch"/log-*
  exit 1
}
cmp "$scratch/whole" "$scratch/merged"
echo "$tasks tasks of Slurm $(sinfo --version | cut -d' ' -f2): the same file"
